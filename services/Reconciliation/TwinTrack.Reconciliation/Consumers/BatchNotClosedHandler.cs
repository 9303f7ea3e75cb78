using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Kernel;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Security;
using TwinTrack.Reconciliation.Persistence;

namespace TwinTrack.Reconciliation.Consumers;

/// <summary>
/// Revokes the certificate, because a payment of the batch still waits. It can be certified again later. A repeated
/// message, or one about another certificate, changes nothing.
/// </summary>
internal sealed class BatchNotClosedHandler(ReconciliationDb db, AuditTrail<ReconciliationDb> audit)
    : IMessageHandler<BatchNotClosed>
{
    public async Task HandleAsync(BatchNotClosed message, CancellationToken cancel)
    {
        var batch = await db.Batches.FindAsync([TypedId.Parse<BatchId>(message.BatchId)], cancel);
        if (batch is not null && batch.Refuse(message.CertificateHash, message.Reason).Allows(out _, out _))
        {
            await audit.RecordAsync(Actor.System, "void-certificate", message.BatchId,
                new { message.CertificateHash, message.Reason }, cancel);
        }
    }
}
