using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Security;
using TwinTrack.Reconciliation.Jobs;
using TwinTrack.Reconciliation.Persistence;

namespace TwinTrack.Reconciliation.Consumers;

/// <summary>
/// Confirms the certificate, because Payments has closed the batch under it. A repeated message, or one about another
/// certificate, changes nothing.
/// </summary>
internal sealed class BatchClosedHandler(
    ReconciliationDb db, AuditTrail<ReconciliationDb> audit, TimeProvider clock)
    : IMessageHandler<BatchClosed>
{
    public async Task HandleAsync(BatchClosed message, CancellationToken cancel)
    {
        var batch = await db.Batches.FindAsync([TypedId.Parse<BatchId>(message.BatchId)], cancel);
        if (batch is not null && batch.Confirm(message.CertificateHash).Allows(out _, out _))
        {
            await audit.RecordAsync(Actor.System, "confirm-certificate", message.BatchId,
                new { message.CertificateHash }, cancel);
            // What came between the signature and this answer is in no certificate yet.
            await db.WakeJobAsync(SignAddendumJob.Kind, batch.Id.Text, clock.GetUtcNow(), cancel);
        }
    }
}
