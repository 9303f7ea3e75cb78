using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.MobileMoney;

/// <summary>
/// Sends a unit with one call per order, several at a time, until the time is over or the operator stops answering.
/// </summary>
internal static class Singly
{
    /// <summary>After this many unanswered calls in a row, the rest of the unit is not tried now.</summary>
    private const int SilencesMax = 3;

    /// <returns>An answer for each order that was tried, in the order of the orders.</returns>
    public static async Task<List<Answer>> EachAsync(
        OperatorCall call, IReadOnlyList<PaymentOrder> orders, Func<PaymentOrder, Task<Answer>> one)
    {
        var begun = call.Clock.GetTimestamp();
        var lines = new List<Answer>(orders.Count);
        foreach (var together in orders.Chunk(call.Address.CallsAtOnce))
        {
            if (SilentAtEnd(lines) || call.Clock.GetElapsedTime(begun) > call.Address.Budget)
            {
                break;
            }

            lines.AddRange(await Task.WhenAll(together.Select(one)));
        }

        return lines;
    }

    /// <summary>
    /// An earlier call may have sent the orders that this call did not try. So "not tried" proves nothing.
    /// </summary>
    public static IEnumerable<Answer> Untried(IReadOnlyList<PaymentOrder> orders, List<Answer> tried) =>
        orders.Skip(tried.Count)
            .Select(order => new Answer(order.Reference, Verdict.Unknown(OperatorConnection.NotTried)));

    /// <summary>
    /// Starts at another order each second, so that the time limit does not always leave out the same orders.
    /// </summary>
    public static IReadOnlyList<PaymentOrder> Turned(IReadOnlyList<PaymentOrder> orders, TimeProvider clock)
    {
        var start = orders.Count == 0 ? 0 : (int)(clock.GetUtcNow().ToUnixTimeSeconds() % orders.Count);
        return [.. orders.Skip(start), .. orders.Take(start)];
    }

    private static bool SilentAtEnd(List<Answer> lines) =>
        lines.Count >= SilencesMax && lines.TakeLast(SilencesMax)
            .All(line =>
                line.Verdict.Code is "TIMEOUT" or "UNREACHABLE" or OperatorConnection.NotTried
                    or OperatorConnection.CircuitOpen);
}
