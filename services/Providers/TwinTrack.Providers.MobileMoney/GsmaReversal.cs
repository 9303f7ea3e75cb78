using TwinTrack.Providers.Domain;
using static TwinTrack.Providers.MobileMoney.MobileMoneyStatusMap;

namespace TwinTrack.Providers.MobileMoney;

/// <summary>
/// POST /transactions/{reference}/reversals: asks the money of one paid order back. An order always has the same
/// correlation id.
/// </summary>
internal sealed class GsmaReversal(GsmaClient client)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    /// <param name="paid">The operator's reference of what was paid.</param>
    /// <remarks>A reversal that ends after the waiting time appears on the statement as returned money.</remarks>
    public async Task<Answer> AskBackAsync(Unit unit, PaymentOrder order, string? paid, TimeProvider clock,
        CancellationToken cancel)
    {
        if (Resource.Of("transactions", paid) is not { } transaction)
        {
            return new Answer(order.Reference, Verdict.Unknown("NO_REFERENCE"));
        }

        var correlation = CorrelationId.Of("reversal:" + order.Reference);
        var operatorAnswer = await client.SendOnceAsync(
            (body, headers, each) => client.Api.ReverseOnceAsync(transaction.Id, body, headers, each),
            OrderBody.Reversal(unit), correlation, unit.CallbackToken, cancel);
        if (operatorAnswer.IsGood && operatorAnswer["transactionStatus"] is { } status)
        {
            return new Answer(order.Reference, MobileMoneyStatusMap.Read(Reversal, status),
                operatorAnswer["transactionReference"]);
        }

        var begun = clock.GetTimestamp();
        var answer = new Answer(order.Reference, operatorAnswer.Unknown);
        while (clock.GetElapsedTime(begun) < Patience)
        {
            answer = await new GsmaInquiry(client).OfReversalAsync(order, correlation, cancel);
            if (answer.Verdict.Outcome != Outcome.Unknown)
            {
                break;
            }

            await Task.Delay(Look, clock, cancel);
        }

        return answer;
    }
}
