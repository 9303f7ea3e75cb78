namespace TwinTrack.Providers.Domain;

/// <summary>The time that a final statement covers.</summary>
public sealed record CoveredTime(DateTimeOffset From, DateTimeOffset Until);

/// <summary>What final statements of one channel prove by not naming an order.</summary>
public static class StatementCoverage
{
    /// <summary>
    /// Since when final statements cover the channel without a gap, up to the end of the latest. An order sent before
    /// that may stand on a statement that nobody imported. Its absence proves nothing.
    /// </summary>
    public static DateTimeOffset UnbrokenSince(DateTimeOffset latestFrom, IReadOnlyCollection<CoveredTime> earlier)
    {
        var since = latestFrom;
        while (earlier.Where(one => one.Until >= since && one.From < since).MinBy(one => one.From) is { } before)
        {
            since = before.From;
        }

        return since;
    }
}
