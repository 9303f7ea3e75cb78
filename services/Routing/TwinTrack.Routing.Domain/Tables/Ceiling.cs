namespace TwinTrack.Routing.Domain.Tables;

/// <summary>
/// How many payments of a row may use one channel. A payment that does not fit goes to the row's next channel. Null is
/// no limit.
/// </summary>
/// <param name="CountPerCycle">Payments of one cycle.</param>
/// <param name="MinorPerCycle">Minor units of the channel's currency, of one cycle.</param>
/// <param name="CountPerDay">Payments routed on one day (UTC), of all cycles.</param>
/// <param name="MinorPerDay">Minor units routed on one day (UTC), of all cycles.</param>
public sealed record Ceiling(long? CountPerCycle = null, long? MinorPerCycle = null, long? CountPerDay = null,
    long? MinorPerDay = null)
{
    public bool IsValid => ((long?[])[CountPerCycle, MinorPerCycle, CountPerDay, MinorPerDay]) is var limits
        && limits.Any(limit => limit is not null) && limits.All(limit => limit is null or >= 0);

    public bool PerDay => CountPerDay is not null || MinorPerDay is not null;

    public bool PerCycle => CountPerCycle is not null || MinorPerCycle is not null;

    /// <summary>Whether one more payment stays within all four limits.</summary>
    public bool Fits(UsedAmount cycle, UsedAmount day, long amountMinor) =>
        !(cycle.Count + 1 > CountPerCycle) && !(cycle.AmountMinor + amountMinor > MinorPerCycle)
            && !(day.Count + 1 > CountPerDay) && !(day.AmountMinor + amountMinor > MinorPerDay);
}

/// <param name="Count">Payments.</param>
/// <param name="AmountMinor">Minor units.</param>
public readonly record struct UsedAmount(long Count, long AmountMinor)
{
    public static UsedAmount operator +(UsedAmount one, UsedAmount other) =>
        new(one.Count + other.Count, one.AmountMinor + other.AmountMinor);

    public static UsedAmount operator -(UsedAmount one, UsedAmount other) =>
        new(one.Count - other.Count, one.AmountMinor - other.AmountMinor);
}
