using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Reconciliation.V1;
using TwinTrack.Contracts.Words;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Funds;
using TwinTrack.Payments.Incidents;
using TwinTrack.Payments.Instructions;
using TwinTrack.Payments.Jobs;
using TwinTrack.Payments.Persistence;
using TwinTrack.Payments.Webhooks;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Payments.Consumers;

/// <summary>
/// Closes a certified batch if it has come to rest and Reconciliation's figures agree with its instructions. Returns
/// committed funds that were not paid out. Only Payments knows what is still to be planned. So a certificate holds only
/// after Payments confirms it. A repeated message gets the same answer again.
/// </summary>
internal sealed partial class BatchCertifiedHandler(
    PaymentsDb db, InstructionStateWriter states, Outbox<PaymentsDb> outbox, AuditTrail<PaymentsDb> audit,
    SubscriberEventRecorder events, FundMovementWriter movements, TimeProvider clock,
    ILogger<BatchCertifiedHandler> logger)
    : IMessageHandler<BatchCertified>
{
    public async Task HandleAsync(BatchCertified message, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var id = TypedId.Parse<BatchId>(message.BatchId);
        // The lock keeps the planning job out between reading what is still to be planned and closing the batch.
        await db.LockAsync(PlanFurtherAttemptsJob.LockNameOf(id), cancel);
        var batch = await db.Batches.FindAsync([id], cancel);
        if (batch?.State == BatchState.Certified && batch.CertificateHash == message.CertificateHash)
        {
            outbox.Send(new BatchClosed(message.BatchId, message.CertificateHash, now));
            return;
        }

        if (batch is null || !BatchLifecycle.Table.Next(batch.State, BatchTrigger.Certify).Allows(out var next, out _))
        {
            LogNotReleased(logger, message.BatchId);
            return;
        }

        var rest = await db.RestAsync(batch, cancel);
        if (rest.NotYet(message.SettledObligations, message.SettledMinor) is { } notYet)
        {
            outbox.Send(new BatchNotClosed(message.BatchId, message.CertificateHash, notYet.Reason, now));
            await audit.RecordAsync(
                Actor.System, "refuse-certificate", message.BatchId,
                new { message.CertificateHash, message.CertifiedBy, Because = notYet.Reason }, cancel);
            return;
        }

        (batch.State, batch.CertificateHash) = (next, message.CertificateHash);
        batch.Version++;
        await DropPlansAsync(batch, cancel);
        var returned = await GiveBackAsync(batch, cancel);
        outbox.Send(new BatchClosed(message.BatchId, message.CertificateHash, now));
        await events.BatchAsync_NeedsTransaction(batch, cancel);
        await audit.RecordAsync(
            Actor.System, "certify-batch", message.BatchId,
            new { message.CertificateHash, message.CertifiedBy, DecommittedMinor = returned }, cancel);
    }

    /// <summary>Drops the plans that wait for a channel. Their obligations keep that reason.</summary>
    private Task DropPlansAsync(Batch batch, CancellationToken cancel) =>
        states.DropAsync_NeedsTransaction(
            db.Instructions.Where(plan => db.Obligations.Any(
                row => row.BatchId == batch.Id && row.Id == plan.ObligationId && row.LastPlanned == plan.Generation)),
            cancel);

    private async Task<long> GiveBackAsync(Batch batch, CancellationToken cancel)
    {
        // What follow-up batches have taken is given back already.
        var committed = await db.FundMovements.Where(row => row.BatchId == batch.Id)
            .GroupBy(row => row.FundingSource)
            .Select(group => new
            {
                FundingSource = group.Key,
                AmountMinor = group.Sum(
                    row => row.Kind == FundMovements.Decommitted ? -row.AmountMinor : row.AmountMinor),
            })
            .OrderBy(row => row.FundingSource).ToListAsync(cancel);
        // A late success that counts as the payment was paid from the committed funds, though its attempt is not
        // settled.
        var paidLate =
            await db.IncidentMovements.Where(row => row.BatchId == batch.Id && row.Kind == IncidentMovements.Stands)
            .GroupBy(row => row.FundingSource)
            .Select(group => new { FundingSource = group.Key, Minor = group.Sum(row => row.AmountMinor) })
            .ToDictionaryAsync(row => row.FundingSource, row => row.Minor, cancel);
        var paid = await (
            from obligation in db.Obligations
            where obligation.BatchId == batch.Id
            join instruction in db.Instructions on obligation.Id equals instruction.ObligationId
            where instruction.State == InstructionState.Settled
            group instruction.SettledMinor by obligation.FundingSource into source
            select new { FundingSource = source.Key, Minor = source.Sum() }).ToDictionaryAsync(
            row => row.FundingSource, row => row.Minor, cancel);
        var total = 0L;
        foreach (var commitment in committed)
        {
            var spent = paid.GetValueOrDefault(commitment.FundingSource)
                + paidLate.GetValueOrDefault(commitment.FundingSource);
            var left = Math.Max(0, commitment.AmountMinor - spent);
            if (left == 0)
            {
                continue;
            }

            await db.Funds.Where(
                fund => fund.Programme == batch.Programme && fund.FundingSource == commitment.FundingSource)
                .ExecuteUpdateAsync(
                set => set.SetProperty(fund => fund.CommittedMinor, fund => fund.CommittedMinor - left), cancel);
            movements.OfBatch_NeedsTransaction(
                FundMovements.Decommitted, batch, commitment.FundingSource, left);
            total += left;
        }

        return total;
    }

    [LoggerMessage(EventId = 4013, Level = LogLevel.Warning,
        Message = "A certificate came for batch {BatchId}, which is not one that was released")]
    private static partial void LogNotReleased(ILogger logger, string batchId);
}
