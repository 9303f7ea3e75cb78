using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using TwinTrack.Contracts.Providers.V1;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Forced;
using TwinTrack.Payments.Funds;
using TwinTrack.Payments.Incidents;
using TwinTrack.Payments.Instructions;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Observability;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Payments.Consumers;

/// <summary>
/// Applies the providers' reports. Repeated, late and contradictory reports are normal. The domain decides row by row
/// in memory. The results are written in sets, each guarded by the state that was read.
/// </summary>
internal sealed partial class InstructionsReportedHandler(
    PaymentsDb db,
    InstructionStateWriter states,
    AuditTrail<PaymentsDb> audit,
    IncidentTracking incidents,
    IncidentAccounting accounting,
    ForcedMoveExecution forcedMoves,
    ReturnAccounting returns,
    TimeProvider clock,
    ILogger<InstructionsReportedHandler> logger) : IMessageHandler<InstructionsReported>
{
    public async Task HandleAsync(InstructionsReported message, CancellationToken cancel)
    {
        var reports = message.Rows.Select(row => (Id: TypedId.Parse<InstructionId>(row.InstructionId), Row: row))
            .ToList();
        Activity.Current.TagInstructions(message.Rows.Select(row => row.InstructionId));
        Activity.Current
            ?.SetTag(
                "twintrack.outcomes", string.Join(' ', message.Rows.Select(row => row.Outcome).Distinct().Order()));
        var attempts = await ReportedInstruction.LoadAsync(
            db, [.. reports.Select(report => report.Id).Distinct()], cancel);
        var cycles = attempts.Values.Select(attempt => attempt.Obligation.CycleId).Distinct().ToList();
        var moves = await db.Moves.AsNoTracking()
            .Where(move => cycles.Contains(move.CycleId) && move.State == MoveState.Active).ToListAsync(cancel);

        var contradictions = new List<(ReportedInstruction Attempt, ReportRow Row, Contradiction Contradiction)>();
        var story = new List<ReportEntry>(reports.Count);
        foreach (var (id, row) in reports)
        {
            var trigger = EvidenceRule.TriggerOf(row.Outcome, row.Grade);
            if (!attempts.TryGetValue(id, out var attempt))
            {
                LogUnknown(logger, id, message.Channel, row.Outcome);
                story.Add(Entry(id, row, "no change: no such instruction"));
                continue;
            }

            var effect =
                ReportRule.Apply(attempt.State, attempt.Read.AmountMinor, attempt.SettledMinor, trigger,
                    row.AmountMinor);
            story.Add(Entry(id, row, attempt.Take(row, effect, moves)));
            if (effect.Contradiction != Contradiction.None)
            {
                contradictions.Add((attempt, row, effect.Contradiction));
            }
        }

        var changed = attempts.Values.Where(attempt => attempt.Changed).ToList();
        var changes = changed.ConvertAll(attempt => attempt.Change);
        await returns.LockAsync(changed, cancel);
        await states.ReportAsync_NeedsTransaction(changes, story, cancel);
        await returns.GiveBackAsync_NeedsTransaction(changed, cancel);
        await forcedMoves.EndRiskAsync_NeedsTransaction(
            changed.FindAll(attempt => attempt.ProvesForced), cancel);
        await LeaveRemaindersAsync(changed.Where(attempt => attempt.UndeliveredMinor > 0).ToList(), cancel);
        // A payment that was given up, paid and returned within one message causes no loss.
        foreach (var (attempt, row, contradiction) in contradictions.Where(
            one => one.Contradiction != Contradiction.ForcedLoss || one.Attempt.State == InstructionState.SettledLate))
        {
            await incidents.OpenAsync_NeedsTransaction(attempt, row, contradiction, cancel);
        }

        await incidents.FollowAsync_NeedsTransaction(
            changed.Where(attempt => attempt.Obligation.BlockedByIncident is not null).ToList(), cancel);
        await incidents.CameBackAsync_NeedsTransaction(
            changed.Where(
                attempt => attempt is { State: InstructionState.Returned, Read.State: InstructionState.SettledLate })
                .ToList(), cancel);
        accounting.PublishMovements();
        await RecordAsync(message, changed.Count, contradictions.Count, cancel);
        await WakePlanningAsync(message, changes, cycles, cancel);
    }

    /// <summary>
    /// The audit entry holds the lock of the audit chain, which the start of a move takes too. So a move that starts
    /// during this transaction is seen here, or it wakes the planning after this transaction.
    /// </summary>
    private async Task WakePlanningAsync(InstructionsReported message, List<InstructionChange> changes,
        List<CycleId> cycles, CancellationToken cancel)
    {
        if (await WaitsForMoveAsync(message, cancel))
        {
            return;
        }

        var moving = await db.Moves.AnyAsync(
            move => cycles.Contains(move.CycleId) && move.State == MoveState.Active, cancel);
        await states.WakePlanningAsync_NeedsTransaction(changes, FurtherAttemptRule.FreeStates(moving), cancel);
    }

    /// <summary>
    /// Whether the reported instructions were withdrawn for a move that has not arrived yet. They have no open route
    /// before it. The start of the move plans all of them, so none is planned here.
    /// </summary>
    private async Task<bool> WaitsForMoveAsync(InstructionsReported message, CancellationToken cancel)
    {
        if (message.WithdrawnFor is not { } word)
        {
            return false;
        }

        var id = TypedId.Parse<SwitchId>(word);
        await db.LockAsync(Move.LockNameOf(id), cancel);
        return !await db.Moves.AnyAsync(move => move.Id == id, cancel);
    }

    private async Task LeaveRemaindersAsync(List<ReportedInstruction> partial, CancellationToken cancel)
    {
        if (partial.Count == 0)
        {
            return;
        }

        var ids = partial.ConvertAll(attempt => attempt.Obligation.Id);
        var owed = await db.Obligations.AsNoTracking().Where(row => ids.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, cancel);
        var rows = partial.ConvertAll(attempt => LeftOf(owed[attempt.Obligation.Id], attempt));
        await db.BulkInsertAsync(rows, cancel);
    }

    private static Obligation LeftOf(Obligation owed, ReportedInstruction attempt) => new()
    {
        Id = Remainder.IdOf(owed.Id),
        CycleId = owed.CycleId,
        HouseholdId = owed.HouseholdId,
        Component = Remainder.ComponentOf(owed.Component),
        AmountMinor = attempt.UndeliveredMinor,
        Area = owed.Area,
        Instrument = owed.Instrument,
        PayeeFingerprint = owed.PayeeFingerprint,
        FundingSource = owed.FundingSource,
        UnpaidReason = Remainder.Reason,
        RemainderOf = owed.Id,
        LeftByBatch = attempt.Read.BatchId,
    };

    private Task RecordAsync(InstructionsReported message, int changed, int contradictions, CancellationToken cancel) =>
        audit.RecordAsync(
        Actor.System,
        "take-reports",
        message.Channel,
        new
        {
            message.Rows.Count,
            SumMinor = message.Rows.Sum(row => row.AmountMinor),
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(message.Rows))),
            Changed = changed,
            Contradictions = contradictions,
        },
        cancel);

    private ReportEntry Entry(InstructionId id, ReportRow row, string effect) => new()
    {
        Id = clock.NewId(),
        InstructionId = id,
        Outcome = row.Outcome,
        Grade = row.Grade,
        Code = row.Code,
        ProviderReference = row.ProviderReference,
        Sequence = row.Sequence,
        AmountMinor = row.AmountMinor,
        At = row.At,
        Effect = effect,
    };

    [LoggerMessage(EventId = 4021, Level = LogLevel.Warning,
        Message = "Instruction {InstructionId} of a report by {Channel} is not known; its word was {Outcome}")]
    private static partial void LogUnknown(ILogger logger, InstructionId instructionId, string channel, string outcome);
}
