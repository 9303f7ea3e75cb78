using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Words;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Funds;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Payments.Jobs;

/// <summary>
/// Puts obligations into a batch that is being planned. A first batch takes those that are in no batch. A follow-up
/// takes those of an earlier batch that <see cref="FollowUpRule"/> allows. The earlier batch's lock is held, so its own
/// planning cannot take one at the same time. What that batch had committed for them goes back to its funds.
/// </summary>
internal sealed class BatchBuilder(
    PaymentsDb db, FollowUpQuery followUps, FundMovementWriter movements, Outbox<PaymentsDb> outbox)
{
    /// <param name="Evidence">What freed the attempt before; null for a first attempt.</param>
    internal sealed record Line(ObligationId Id, int Generation, string Area, string Instrument, string FundingSource,
        long AmountMinor, string? Evidence);

    /// <param name="Last">The last obligation that was looked at; null at the end.</param>
    internal sealed record Page(List<Line> Lines, ObligationId? Last);

    private sealed record Taken(Line Line, int LastPlanned, BatchId? From, BatchId? Origin, bool FreshRemainder);

    /// <summary>Takes the next obligations, each guarded by what was read of it.</summary>
    internal async Task<Page> TakeAsync_NeedsTransaction(
        Batch batch, ObligationId after, int max, CancellationToken cancel)
    {
        var (taken, last) = batch.FollowsUp is { } followed
            ? await FollowedAsync(batch, followed, after, max, cancel)
            : await UnbatchedAsync(batch, max, cancel);
        var origins = await LockAsync(taken, cancel);
        foreach (var group in taken.GroupBy(row => row.From))
        {
            await MoveAsync(batch, group.Key, [.. group], cancel);
        }

        foreach (var group in taken.Where(row => row.Origin is not null).GroupBy(row => row.Origin!.Value))
        {
            await LeaveAsync(origins[group.Key], batch, [.. group], cancel);
        }

        return new Page(taken.ConvertAll(row => row.Line), last);
    }

    private async Task<(List<Taken> Taken, ObligationId? Last)> FollowedAsync(
        Batch batch, BatchId followed, ObligationId after, int max, CancellationToken cancel)
    {
        await db.LockAsync(PlanFurtherAttemptsJob.LockNameOf(followed), cancel);
        var origin = await db.Batches.AsNoTracking().SingleAsync(row => row.Id == followed, cancel);
        var selection = FollowUpSelection.Of(batch);
        var page = await followUps.PageAsync(origin, after, max, cancel);
        return (
            [.. page.Where(selection.Includes).Select(line => new Taken(
                new Line(line.Id, line.LastPlanned + 1, line.Area, line.Instrument, line.FundingSource,
                    line.AmountMinor,
                    line.Last is { } state ? InstructionLifecycle.EvidenceOf(state) : null),
                line.LastPlanned, line.BatchId, followed, line.FreshRemainder))],
            page.Count == max ? page[^1].Id : null);
    }

    private async Task<(List<Taken> Taken, ObligationId? Last)> UnbatchedAsync(
        Batch batch, int max, CancellationToken cancel)
    {
        var rows = await db.Obligations.AsNoTracking()
            .Where(row => row.CycleId == batch.CycleId && row.BatchId == null && row.BlockedByIncident == null)
            .OrderBy(row => row.Id).Take(max).ToListAsync(cancel);
        return (
            rows.ConvertAll(row => new Taken(
                new Line(row.Id, row.LastPlanned + 1, row.Area, row.Instrument, row.FundingSource,
                    row.AmountMinor, null),
                row.LastPlanned, null, row.LeftByBatch, row is { RemainderOf: not null, LastPlanned: 0 })),
            rows.Count == max ? rows[^1].Id : null);
    }

    /// <summary>The batches that they come from, each locked against its own planning and its closing.</summary>
    private async Task<Dictionary<BatchId, Batch>> LockAsync(List<Taken> taken, CancellationToken cancel)
    {
        var ids = taken.Where(row => row.Origin is not null).Select(row => row.Origin!.Value).Distinct()
            .OrderBy(id => id.Value).ToList();
        foreach (var id in ids)
        {
            await db.LockAsync(PlanFurtherAttemptsJob.LockNameOf(id), cancel);
        }

        return await db.Batches.AsNoTracking().Where(row => ids.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, cancel);
    }

    /// <summary>
    /// An incident, or another batch, may have come since they were read. Then nothing of the step is done, and it is
    /// tried again.
    /// </summary>
    private async Task MoveAsync(Batch batch, BatchId? from, List<Taken> taken, CancellationToken cancel)
    {
        var moved = 0;
        foreach (var group in taken.GroupBy(row => row.LastPlanned))
        {
            var ids = group.Select(row => row.Line.Id).ToList();
            var planned = group.Key;
            moved += await db.Obligations.Where(row => ids.Contains(row.Id) && row.BatchId == from
                    && row.LastPlanned == planned && row.BlockedByIncident == null
                    && !db.Claims.Any(claim => claim.ObligationId == row.Id))
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(row => row.LeftByBatch, row => row.BatchId ?? row.LeftByBatch)
                        .SetProperty(row => row.BatchId, batch.Id)
                        .SetProperty(row => row.LastPlanned, row => row.LastPlanned + 1)
                        .SetProperty(row => row.UnpaidReason, (string?)null),
                    cancel);
        }

        if (moved != taken.Count)
        {
            throw new InvalidOperationException(
                "Obligations changed since they were read. Nothing of this transaction is done. It is tried again.");
        }
    }

    /// <summary>Gives back what the earlier batch committed for them, and counts them there.</summary>
    private async Task LeaveAsync(Batch origin, Batch batch, List<Taken> taken, CancellationToken cancel)
    {
        foreach (var source in taken
            .Where(row => FollowUpRule.IsCommitted(origin.State, row.From is not null, row.FreshRemainder))
            .GroupBy(row => row.Line.FundingSource).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var amount = source.Sum(row => row.Line.AmountMinor);
            await db.ReleaseAsync(origin.Programme, source.Key, amount, cancel);
            movements.OfBatch_NeedsTransaction(FundMovements.Decommitted, origin, source.Key, amount);
        }

        var left = taken.FindAll(row => row.From is not null);
        if (left.Count == 0)
        {
            return;
        }

        var sum = left.Sum(row => row.Line.AmountMinor);
        await db.Batches.Where(row => row.Id == origin.Id).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.FollowedCount, row => row.FollowedCount + left.Count)
                .SetProperty(row => row.FollowedMinor, row => row.FollowedMinor + sum), cancel);
        outbox.Send(new ObligationsTransferred(
            origin.Id.ToString(), batch.Id.ToString(),
            [.. left.Select(row => new TransferredRow(row.Line.Id.ToString(), row.Line.AmountMinor))]));
    }
}
