using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Jobs;
using TwinTrack.Payments.Persistence;
using TwinTrack.Payments.Webhooks;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Payments.Features;

/// <summary>
/// Ends a batch before its release, for <see cref="CancelBatch"/> and <see cref="RefuseBatch"/>. Its obligations can
/// join another batch.
/// </summary>
internal static class EndBatch
{
    private const int ReasonMax = 500;

    internal sealed class Handler(
        PaymentsDb db, AuditTrail<PaymentsDb> audit, SubscriberEventRecorder events, TimeProvider clock)
    {
        /// <param name="id">The batch.</param>
        /// <param name="trigger">How it ends.</param>
        /// <param name="act">The word of the audit record.</param>
        /// <param name="reason">1 to 500 characters.</param>
        /// <param name="actor">Who ends it.</param>
        /// <param name="cancel">Stops the work.</param>
        internal async Task<Result<BatchState>> HandleAsync(
            BatchId id, BatchTrigger trigger, string act, string reason, Actor actor, CancellationToken cancel)
        {
            if (await db.Batches.FindAsync([id], cancel) is not { } batch)
            {
                return PaymentRefusals.UnknownBatch;
            }

            if (!FreeText.IsGiven(reason, ReasonMax))
            {
                return PaymentRefusals.NoReason;
            }

            if (!BatchLifecycle.Table.Next(batch.State, trigger).Allows(out var next, out var refusal))
            {
                return refusal;
            }

            (batch.State, batch.EndedBy, batch.EndReason) = (next, actor.ToString(), reason);
            batch.Version++;
            await events.BatchAsync_NeedsTransaction(batch, cancel);
            await db.StartJobAsync(FreeBatchJob.Kind, id.ToString(), clock.GetUtcNow(), cancel);
            await audit.RecordAsync(
                actor, act, id.ToString(), new { batch.ContentHash, Reason = reason }, cancel);
            return next;
        }
    }
}
