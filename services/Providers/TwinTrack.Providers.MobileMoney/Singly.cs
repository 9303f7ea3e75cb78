using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.MobileMoney;

/// <summary>
/// A unit whose orders are a call each: some at a time, until the time is up or nobody answers any more.
/// </summary>
internal static class Singly
{
    /// <summary>Silences in a row until the rest of the unit is left for this time.</summary>
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
    /// Perhaps an earlier call for this unit has sent what this one did not come to: "not tried now" proves nothing.
    /// </summary>
    public static IEnumerable<Answer> Untried(IReadOnlyList<PaymentOrder> orders, List<Answer> tried) =>
        orders.Skip(tried.Count)
            .Select(order => new Answer(order.Reference, Verdict.Unknown(OperatorConnection.NotTried)));

    /// <summary>
    /// Begun at another place each second, so that what the budget leaves out is not always the same.
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
