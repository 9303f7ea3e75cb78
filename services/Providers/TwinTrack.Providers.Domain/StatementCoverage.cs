using TwinTrack.Kernel;

namespace TwinTrack.Providers.Domain;

/// <summary>The time that a final statement covers.</summary>
public sealed record CoveredTime(DateTimeOffset From, DateTimeOffset Until);

/// <summary>An order without a final outcome, and when it was sent.</summary>
public sealed record OpenOrder(InstructionId Id, ObligationId Obligation, long AmountMinor, DateTimeOffset SentAt);

/// <summary>What the statements of a channel show, final or not, in whatever order they were imported.</summary>
/// <param name="Named">Orders, or their obligations, that a line names.</param>
/// <param name="UnplacedUntil">
/// By amount in minor units: the latest end of a statement with a payment of it that names no order.
/// </param>
public sealed record ShownPayments(IReadOnlySet<InstructionId> Named,
    IReadOnlyDictionary<long, DateTimeOffset> UnplacedUntil);

/// <summary>What the absence of an order from final statements proves.</summary>
public static class StatementCoverage
{
    /// <summary>
    /// Start of the time that final statements cover without a gap up to the end of the latest. An order sent earlier
    /// may be on a statement that was never imported. Its absence proves nothing.
    /// </summary>
    public static DateTimeOffset UnbrokenSince(DateTimeOffset latestFrom, IReadOnlyCollection<CoveredTime> earlier)
    {
        var since = latestFrom;
        while (earlier.FirstOrDefault(one => one.Until >= since && one.From < since) is { } before)
        {
            since = before.From;
        }

        return since;
    }

    /// <summary>
    /// Whether no statement may show the order's payment. A payment of its amount that names no order may be it, unless
    /// the statement ended before the order was sent.
    /// </summary>
    public static bool IsAbsent(OpenOrder order, ShownPayments shown) =>
        !shown.Named.Contains(order.Id)
        && !shown.Named.Contains(InstructionId.From(order.Obligation.Value))
        && !(shown.UnplacedUntil.TryGetValue(order.AmountMinor, out var until) && until >= order.SentAt);
}
