using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Words;
using TwinTrack.Kernel;
using TwinTrack.Payments.Consumers;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Incidents;
using TwinTrack.Payments.Jobs;
using TwinTrack.Payments.Persistence;
using TwinTrack.Payments.Webhooks;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Payments.Forced;

/// <summary>One attempt in doubt that a forced move gives up.</summary>
internal sealed record ForcedMoveLine(
    InstructionId Id, ObligationId ObligationId, BatchId BatchId, string Channel, int Track, string FundingSource,
    int Version, long AmountMinor);

/// <summary>The attempts of a forced move, read at one moment.</summary>
/// <param name="Beyond">How many more are in doubt than one decision may take.</param>
internal sealed record ForcedMoveList(Move Move, string Hash, long SumMinor, long Beyond, List<ForcedMoveLine> Lines);

/// <summary>
/// Gives up attempts in doubt and applies later evidence about them. One list is one transaction of set updates:
/// states, claims, the bearer's funds and the message to Reconciliation.
/// </summary>
internal sealed class ForcedMoveExecution(PaymentsDb db, Outbox<PaymentsDb> outbox, SubscriberEventRecorder events,
    TimeProvider clock)
{
    internal const string Code = "FORCED";
    private const int RowsMax = 500;

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
        var sources = InstructionLifecycle.Table.Sources(InstructionTrigger.Abandon);
        var reason = UnpaidReason.Of(InstructionState.Abandoned, Code);
        foreach (var lines in list.Lines.Chunk(RowsMax))
        {
            var ids = lines.Select(line => line.Id).ToList();
            var obligations = lines.Select(line => line.ObligationId).ToList();
            var written = await db.Instructions.Where(row => ids.Contains(row.Id) && sources.Contains(row.State))
                .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.State, InstructionState.Abandoned)
                    .SetProperty(row => row.Version, row => row.Version + 1)
                    .SetProperty(row => row.Code, Code).SetProperty(row => row.ForcedBy, forced.Id)
                    .SetProperty(row => row.ChangedAt, now),
                cancel);
            var freed =
                await db.Claims.Where(
                    claim => obligations.Contains(claim.ObligationId) && ids.Contains(claim.InstructionId))
                    .ExecuteDeleteAsync(cancel);
            if (written != ids.Count || freed != ids.Count)
            {
                return ForcedRefusals.HashDiffers;
            }

            await db.Obligations.Where(row => obligations.Contains(row.Id))
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.UnpaidReason, reason), cancel);
        }

        foreach (var group in list.Lines.GroupBy(line => line.BatchId))
        {
            await TellAsync(forced, group.Key, [.. group], now, cancel);
        }

        return forced;
    }

    /// <summary>
    /// Evidence came that an attempt that was given up is unpaid or was returned. The bearer's reserve ends. An
    /// obligation that nobody pays yet gets the evidence as its reason. If another attempt holds the claim, the
    /// obligation does not change.
    /// </summary>
    internal async Task FreeAsync_NeedsTransaction(List<ReportedInstruction> freed, CancellationToken cancel)
    {
        if (freed.Count == 0)
        {
            return;
        }

        var given = UnpaidReason.Of(InstructionState.Abandoned, Code);
        foreach (var group in freed.GroupBy(attempt => UnpaidReason.Of(attempt.State, attempt.Code)))
        {
            var obligations = group.Select(attempt => attempt.Obligation.Id).ToList();
            await db.Obligations.Where(row => obligations.Contains(row.Id) && row.UnpaidReason == given)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.UnpaidReason, group.Key), cancel);
        }

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

    private async Task TellAsync(ForcedMove forced, BatchId id, List<ForcedMoveLine> lines, DateTimeOffset now,
        CancellationToken cancel)
    {
        var batch = await db.Batches.AsNoTracking().SingleAsync(row => row.Id == id, cancel);
        var moved = lines.ConvertAll(line => new StateChangeRow(
            line.Id.ToString(), line.ObligationId.ToString(), line.Channel, line.Track, line.FundingSource,
            line.Version + 1,
            InstructionStates.InDoubt, InstructionStates.Abandoned, line.AmountMinor, now));
        foreach (var chunk in moved.Chunk(RowsMax))
        {
            outbox.Send(new InstructionStatesChanged(batch.Id.ToString(), batch.Programme, batch.Currency, chunk));
        }

        SendRisk(forced, id, IncidentMovements.Risked,
            lines.Select(line => (line.Channel, line.FundingSource, line.AmountMinor)));
        await events.PaymentsAsync_NeedsTransaction(batch, moved, cancel);
        await db.WakeJobAsync(PlanFurtherAttemptsJob.Kind, id.ToString(), now, cancel);
    }

    private void SendRisk(ForcedMove forced, BatchId batch, string kind,
        IEnumerable<(string Channel, string Source, long AmountMinor)> amounts) =>
            outbox.Send(new IncidentMovementsRecorded(
        batch.ToString(),
        forced.Programme,
        forced.Currency,
        [
            .. amounts.GroupBy(amount => (amount.Channel, amount.Source)).OrderBy(group => group.Key)
                .Select(group => new IncidentMovementRow(
                MovementId.New(clock).ToString(), forced.Id.ToString(), IncidentKinds.ForcedMove, kind,
                group.Key.Channel,
                group.Key.Source, forced.Bearer,
                group.Sum(amount => amount.AmountMinor), clock.GetUtcNow())),
        ]));
}
