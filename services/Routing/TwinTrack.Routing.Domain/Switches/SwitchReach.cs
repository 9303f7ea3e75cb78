namespace TwinTrack.Routing.Domain.Switches;

/// <summary>How many unpaid payments a switch covers, and how many of them it would move.</summary>
/// <param name="Covered">Without those outside a pilot's share.</param>
/// <param name="Moved">For which the switch itself finds a channel.</param>
public sealed record SwitchReach(Sum Covered, Sum Moved)
{
    /// <summary>
    /// Where the protocol names no other part. Under a half, most of the payments stay where they are, so the switch
    /// does not do what its name says.
    /// </summary>
    public const int PercentMin = 50;

    /// <param name="foreseen">The routes of all unpaid payments under the switch.</param>
    /// <param name="by">The switch; null when none is rehearsed.</param>
    public static SwitchReach Of(IEnumerable<ForecastRoute> foreseen, Tables.Overlay? by)
    {
        var covered = foreseen
            .Where(row => by?.PilotPercent is not { } percent || row.Line.PilotFrom < percent).ToList();
        return new SwitchReach(
            SumOf(covered),
            SumOf(covered.Where(row => by is not null && row.Route.Channel is not null
                && row.Route.SwitchId == by.SwitchId)));
    }

    /// <summary>What voters must confirm by name; null when the switch reaches enough.</summary>
    /// <param name="unreachable">Why the others are not reached.</param>
    public string? Warning(int percentMin, IEnumerable<ReasonSum> unreachable)
    {
        if (Moved.Count > 0 && Moved.Count * 100 >= Covered.Count * percentMin)
        {
            return null;
        }

        var reasons = string.Join(", ", unreachable.Select(row => Invariant($"{row.Reason} {row.Count}")));
        return Invariant($"The switch covers {Covered.Count} unpaid payments and would move {Moved.Count} of them")
            + (reasons.Length == 0 ? "" : $" (not reached: {reasons})")
            + Invariant($". The protocol asks for {percentMin} percent. Whoever approves it confirms this by name.");
    }

    private static Sum SumOf(IEnumerable<ForecastRoute> rows) =>
        rows.Aggregate(new Sum(0, 0), (sum, row) => new Sum(sum.Count + row.Count, sum.AmountMinor + row.AmountMinor));
}
