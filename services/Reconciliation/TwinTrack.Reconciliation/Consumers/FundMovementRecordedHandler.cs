using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Kernel;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Storage;
using TwinTrack.Reconciliation.Domain;
using TwinTrack.Reconciliation.Jobs;
using TwinTrack.Reconciliation.Persistence;

namespace TwinTrack.Reconciliation.Consumers;

/// <summary>Books a movement of funds, once.</summary>
internal sealed class FundMovementRecordedHandler(ReconciliationDb db, Ledger ledger, TimeProvider clock)
    : IMessageHandler<FundMovementRecorded>
{
    public async Task HandleAsync(FundMovementRecorded message, CancellationToken cancel)
    {
        if (await db.FundsMovements.AnyAsync(row => row.MovementId == message.MovementId, cancel))
        {
            return;
        }

        BatchId? batch = message.BatchId is null ? null : TypedId.Parse<BatchId>(message.BatchId);
        var posting =
            FundPostingRules.Of(message.Kind, message.Programme, message.FundingSource, batch, message.AmountMinor)
            .Match(ok => ok, refusal => throw new InvalidOperationException($"{refusal.Reason} ({message.Kind})"));
        db.FundsMovements.Add(new BookedFundMovement { MovementId = message.MovementId, At = message.At });
        await ledger.BookAsync([posting], message.Programme, batch, message.Currency, cancel);
        if (batch is { } id)
        {
            await db.WakeAddendumAsync(id, clock.GetUtcNow(), cancel);
        }
    }
}
