using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Kernel;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Storage;
using TwinTrack.Reconciliation.Jobs;
using TwinTrack.Reconciliation.Persistence;

namespace TwinTrack.Reconciliation.Consumers;

/// <summary>
/// Stores which obligations a follow-up batch took. They no longer count as unpaid in the earlier batch. An obligation
/// leaves a batch once, so a repeated message changes nothing.
/// </summary>
internal sealed class ObligationsTransferredHandler(ReconciliationDb db, TimeProvider clock)
    : IMessageHandler<ObligationsTransferred>
{
    public async Task HandleAsync(ObligationsTransferred message, CancellationToken cancel)
    {
        var batch = TypedId.Parse<BatchId>(message.BatchId);
        var rows = message.Rows.Select(row => new FollowedObligation
        {
            BatchId = batch,
            ObligationId = TypedId.Parse<ObligationId>(row.ObligationId),
            FollowUpId = TypedId.Parse<BatchId>(message.FollowUpId),
            AmountMinor = row.AmountMinor,
        }).ToList();
        var ids = rows.ConvertAll(row => row.ObligationId);
        var known = (await db.FollowedObligations
            .Where(row => row.BatchId == batch && ids.Contains(row.ObligationId)).Select(row => row.ObligationId)
            .ToListAsync(cancel)).ToHashSet();
        await db.BulkInsertAsync(rows.FindAll(row => !known.Contains(row.ObligationId)), cancel);
        await db.WakeAddendumAsync(batch, clock.GetUtcNow(), cancel);
    }
}
