using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Words;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Incidents;
using TwinTrack.Payments.Instructions;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Payments.Forced;

/// <summary>One attempt in doubt that a forced move gives up.</summary>
internal sealed record ForcedMoveLine(
    InstructionId Id, ObligationId ObligationId, BatchId BatchId, string Channel, int Track, string FundingSource,
    int Version, long AmountMinor)
{
    internal InstructionChange ToChange(ForcedColumns columns) =>
        new(Id, ObligationId, BatchId, Channel, Track, FundingSource, InstructionState.InDoubt, Version)
        {
            Columns = columns,
        };
}

/// <summary>The attempts of a forced move, read at one moment.</summary>
/// <param name="Beyond">How many more are in doubt than one decision may take.</param>
internal sealed record ForcedMoveList(Move Move, string Hash, long SumMinor, long Beyond, List<ForcedMoveLine> Lines);

/// <summary>
/// Gives up attempts in doubt and applies later evidence about them. One list is one transaction of set updates:
/// states, claims, the bearer's funds and the message to Reconciliation.
/// </summary>
internal sealed class ForcedMoveExecution(
    PaymentsDb db, InstructionStateWriter states, Outbox<PaymentsDb> outbox, TimeProvider clock)
{

    /// <summary>
    /// Most attempts in one decision, because one transaction executes it. More attempts need a further decision.
    /// </summary>
    private const int ListMax = 10_000;

    /// <summary>
    /// Reads the first ten thousand attempts in doubt in the scope of an active move. Attempts of the move itself are
    /// left out, because each switch tries an obligation once.
    /// </summary>
    internal async Task<Result<ForcedMoveList>> ReadAsync(SwitchId id, CancellationToken cancel)
    {
        if (await db.Moves.AsNoTracking().SingleOrDefaultAsync(
            row => row.Id == id, cancel) is not { State: MoveState.Active } move)
        {
            return ForcedRefusals.NoSwitch;
        }

        var (areas, channels) = (move.AreaList(), move.ChannelList());
        var everywhere = areas.Length == 0;
        var inDoubt =
            from instruction in db.Instructions
            where instruction.State == InstructionState.InDoubt && channels.Contains(instruction.Channel)
                && instruction.SwitchId != move.Id
            join obligation in db.Obligations on instruction.ObligationId equals obligation.Id
            where obligation.CycleId == move.CycleId && obligation.BlockedByIncident == null
                && (everywhere || areas.Contains(obligation.Area))
            join batch in db.Batches on instruction.BatchId equals batch.Id
            where batch.State == BatchState.Released
            orderby instruction.Id
            select new ForcedMoveLine(
                instruction.Id, obligation.Id, instruction.BatchId, instruction.Channel!, instruction.Track,
                obligation.FundingSource, instruction.Version, instruction.AmountMinor);
        var lines = await inDoubt.AsNoTracking().Take(ListMax).ToListAsync(cancel);
        using var hash = new LineHash();
        foreach (var line in lines)
        {
            hash.Add(line.Id, line.AmountMinor);
        }

        var beyond = lines.Count < ListMax ? 0 : await inDoubt.LongCountAsync(cancel) - ListMax;
        return new ForcedMoveList(move, hash.Hex(), hash.SumMinor, beyond, lines);
    }

    /// <summary>
    /// Executes the forced move. One transaction releases the claims, charges the bearer's funds and gives up the
    /// attempts.
    /// </summary>
    /// <returns>
    /// A refusal when evidence came for an attempt since the list was read. The caller must then roll back.
    /// </returns>
    internal async Task<Result<ForcedMove>> CarryAsync_NeedsTransaction(
        ForcedMove forced, ForcedMoveList list, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var columns = new ForcedColumns(UnpaidReason.ForcedCode, forced.Id);
        if (!await states.AbandonAsync_NeedsTransaction(
            list.Lines.ConvertAll(
                line => line.ToChange(columns).Enter(InstructionState.Abandoned, line.AmountMinor, now)),
            cancel))
        {
            return ForcedRefusals.HashDiffers;
        }

        foreach (var group in list.Lines.GroupBy(line => line.BatchId))
        {
            SendRisk(forced, group.Key, IncidentMovements.Risked,
                group.Select(line => (line.Channel, line.FundingSource, line.AmountMinor)));
        }

        return forced;
    }

    /// <summary>
    /// Evidence came that an attempt that was given up is unpaid or was returned. The bearer's reserve ends.
    /// </summary>
    internal async Task EndRiskAsync_NeedsTransaction(List<ReportedInstruction> freed, CancellationToken cancel)
    {
        // An attempt that was paid meanwhile has an incident. That incident gives the bearer's money back.
        var unpaid = freed.Where(attempt => attempt.Read.State == InstructionState.Abandoned).ToList();
        foreach (var group in unpaid.GroupBy(attempt => (attempt.Read.ForcedBy, attempt.Read.BatchId)))
        {
            var forced = await db.ForcedMoves.AsNoTracking().SingleAsync(row => row.Id == group.Key.ForcedBy, cancel);
            await db.ReleaseAsync(forced.Programme, forced.Bearer, group.Sum(attempt => attempt.Read.AmountMinor),
                cancel);
            SendRisk(forced, group.Key.BatchId, IncidentMovements.RiskEnded,
                group.Select(
                    attempt => (attempt.Read.Channel!, attempt.Obligation.FundingSource, attempt.Read.AmountMinor)));
        }
    }

    private void SendRisk(ForcedMove forced, BatchId batch, string kind,
        IEnumerable<(string Channel, string Source, long AmountMinor)> amounts) =>
            outbox.Send(new IncidentMovementsRecorded(
        batch.ToString(),
        forced.Programme,
        forced.Currency,
        [
            .. amounts.GroupBy(amount => (amount.Channel, amount.Source))
                .OrderBy(group => group.Key.Channel, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Source, StringComparer.Ordinal)
                .Select(group => new IncidentMovementRow(
                MovementId.New(clock).ToString(), forced.Id.ToString(), IncidentKinds.ForcedMove, kind,
                group.Key.Channel,
                group.Key.Source, forced.Bearer,
                group.Sum(amount => amount.AmountMinor), clock.GetUtcNow())),
        ]));
}
