using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Kernel;
using TwinTrack.Platform.Messaging;
using TwinTrack.Reconciliation.Domain;
using TwinTrack.Reconciliation.Persistence;

namespace TwinTrack.Reconciliation.Consumers;

/// <summary>
/// Stores the totals that a batch must add up to. The message may come after the first state changes. A batch is
/// released once.
/// </summary>
internal sealed class BatchReleasedHandler(ReconciliationDb db) : IMessageHandler<BatchReleased>
{
    public async Task HandleAsync(BatchReleased message, CancellationToken cancel)
    {
        var id = TypedId.Parse<BatchId>(message.BatchId);
        if (await db.Batches.AnyAsync(batch => batch.Id == id, cancel))
        {
            return;
        }

        db.Batches.Add(new ReleasedBatch
        {
            Id = id,
            CycleId = TypedId.Parse<CycleId>(message.CycleId),
            Programme = message.Programme,
            Currency = message.Currency,
            Count = message.Count,
            SumMinor = message.SumMinor,
            ContentHash = message.ContentHash,
            ReleasedAt = message.At,
        });
    }
}
