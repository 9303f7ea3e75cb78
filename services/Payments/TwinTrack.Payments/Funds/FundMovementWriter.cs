using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Words;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Messaging;

namespace TwinTrack.Payments.Funds;

/// <summary>
/// The only writer of fund movements. It stores the row and publishes <see cref="FundMovementRecorded"/> in the same
/// transaction. Its caller has changed the fund's balance.
/// </summary>
internal sealed class FundMovementWriter(PaymentsDb db, Outbox<PaymentsDb> outbox, TimeProvider clock)
{
    /// <summary>A source put money at the programme's disposal.</summary>
    /// <param name="amountMinor">Minor units; above zero.</param>
    internal MovementId Deposited_NeedsTransaction(Fund fund, long amountMinor) =>
        Write(FundMovements.Deposited, fund.Programme, fund.FundingSource, null, amountMinor, fund.Currency);

    /// <summary>A batch committed or gave back an amount of one source.</summary>
    /// <param name="kind">Of <see cref="FundMovements"/>.</param>
    /// <param name="batch">Its programme and currency are the movement's.</param>
    /// <param name="fundingSource">The source's code.</param>
    /// <param name="amountMinor">Minor units; above zero.</param>
    internal MovementId OfBatch_NeedsTransaction(string kind, Batch batch, string fundingSource, long amountMinor) =>
        Write(kind, batch.Programme, fundingSource, batch.Id, amountMinor, batch.Currency);

    private MovementId Write(
        string kind, string programme, string fundingSource, BatchId? batch, long amountMinor, string currency)
    {
        var now = clock.GetUtcNow();
        var movement = MovementId.New(clock);
        db.FundMovements.Add(new FundMovement
        {
            Id = movement,
            Kind = kind,
            Programme = programme,
            FundingSource = fundingSource,
            BatchId = batch,
            AmountMinor = amountMinor,
            At = now,
        });
        outbox.Send(new FundMovementRecorded(
            movement.ToString(), kind, programme, fundingSource, batch?.ToString(), amountMinor, currency, now));
        return movement;
    }
}
