using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Providers.V1;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Forced;
using TwinTrack.Payments.Incidents;
using TwinTrack.Payments.Jobs;
using TwinTrack.Payments.Persistence;
using TwinTrack.Payments.Webhooks;
using TwinTrack.Platform.Jobs;
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
    Outbox<PaymentsDb> outbox,
    AuditTrail<PaymentsDb> audit,
    IncidentTracking incidents,
    IncidentAccounting book,
    ForcedMoveExecution forcedMoves,
    SubscriberEventRecorder events,
    TimeProvider clock,
    ILogger<InstructionsReportedHandler> logger) : IMessageHandler<InstructionsReported>
{
    private const int MessageRowsMax = 500;

    /// <summary>
    /// Nearly always a fencing switch withdraws unsent instructions, and its move follows within seconds. Until then
    /// every route is closed, and a question for each would delay the move.
    /// </summary>
    private static readonly TimeSpan MoveComesWithin = TimeSpan.FromSeconds(10);

    public async Task HandleAsync(InstructionsReported message, CancellationToken cancel)
    {
        var reports = message.Rows.Select(row => (Id: TypedId.Parse<InstructionId>(row.InstructionId), Row: row))
            .ToList();
        Activity.Current.TellInstructions(message.Rows.Select(row => row.InstructionId));
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
        await WriteAsync(changed, cancel);
        await FreeAsync(changed.Where(attempt => attempt is { IsFreedNow: true, WasForced: false }).ToList(), cancel);
        await forcedMoves.FreeAsync_NeedsTransaction(
            changed.Where(attempt => attempt is { IsFreedNow: true, WasForced: true }).ToList(), cancel);
        await LeaveRemaindersAsync(changed.Where(attempt => attempt.UndeliveredMinor > 0).ToList(), cancel);
        await db.BulkInsertAsync(story, cancel);
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
        book.Tell();
        await TellAsync(changed, moves, cancel);
        await RecordAsync(message, changed.Count, contradictions.Count, cancel);
    }

    private async Task WriteAsync(List<ReportedInstruction> changed, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var groups = changed.GroupBy(attempt => (
            From: attempt.Read.State, To: attempt.State, Steps: attempt.StateChanges.Count, attempt.Code, attempt.Grade,
            attempt.HeldBy,
            Settled: attempt.SettledMinor == attempt.Read.AmountMinor ? -1 : attempt.SettledMinor));
        foreach (var group in groups)
        {
            var ids = group.Select(attempt => attempt.Read.Id).ToList();
            var key = group.Key;
            var written = await db.Instructions.Where(row => ids.Contains(row.Id) && row.State == key.From)
                .ExecuteUpdateAsync(
                set =>
                {
                    set.SetProperty(row => row.State, key.To)
                        .SetProperty(row => row.Version, row => row.Version + key.Steps)
                        .SetProperty(row => row.Code, key.Code)
                        .SetProperty(row => row.Grade, key.Grade)
                        .SetProperty(row => row.HeldBy, key.HeldBy)
                        .SetProperty(row => row.ChangedAt, now);
                    _ = key.Settled < 0
                        ? set.SetProperty(row => row.SettledMinor, row => row.AmountMinor)
                        : set.SetProperty(row => row.SettledMinor, key.Settled);
                },
                cancel);
            if (written != ids.Count)
            {
                throw new InvalidOperationException(
                    "Instructions changed while their reports were read; nothing of this message is done, and it will "
                        + "come again.");
            }
        }
    }

    /// <summary>Releases the claims and stores why each obligation is unpaid.</summary>
    private async Task FreeAsync(List<ReportedInstruction> freed, CancellationToken cancel)
    {
        foreach (var group in freed.GroupBy(attempt => UnpaidReason.Of(attempt.State, attempt.Code)))
        {
            var instructions = group.Select(attempt => attempt.Read.Id).ToList();
            var obligations = group.Select(attempt => attempt.Obligation.Id).ToList();
            await db.Claims.Where(
                claim => obligations.Contains(claim.ObligationId) && instructions.Contains(claim.InstructionId))
                .ExecuteDeleteAsync(cancel);
            await db.Obligations.Where(row => obligations.Contains(row.Id))
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.UnpaidReason, group.Key), cancel);
        }
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

    /// <summary>Sends the state changes to Reconciliation and wakes the planning of freed obligations.</summary>
    private async Task TellAsync(List<ReportedInstruction> changed, List<Move> moves, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        foreach (var group in changed.GroupBy(attempt => attempt.Read.BatchId))
        {
            var batch = await db.Batches.AsNoTracking().SingleAsync(row => row.Id == group.Key, cancel);
            foreach (var chunk in group.SelectMany(attempt => attempt.StateChanges).Chunk(MessageRowsMax))
            {
                outbox.Send(new InstructionStatesChanged(batch.Id.ToString(), batch.Programme, batch.Currency, chunk));
            }

            await events.PaymentsAsync_NeedsTransaction(
                batch, group.SelectMany(attempt => attempt.StateChanges), cancel);
            if (group.Any(
                attempt => attempt.IsFreedNow && (moves.Count > 0 || attempt.State == InstructionState.Withdrawn)))
            {
                await db.WakeJobAsync(PlanFurtherAttemptsJob.Kind, batch.Id.ToString(),
                    moves.Count > 0 ? now : now + MoveComesWithin, cancel);
            }
        }
    }

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
