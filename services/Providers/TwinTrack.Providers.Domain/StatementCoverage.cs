namespace TwinTrack.Providers.Domain;

/// <summary>The time that a final statement covers.</summary>
public sealed record CoveredTime(DateTimeOffset From, DateTimeOffset Until);

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
}
