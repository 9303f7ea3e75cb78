using TwinTrack.Kernel;

namespace TwinTrack.Routing.Domain.Tables;

/// <summary>The names of the two counters of a ceiling.</summary>
/// <param name="Row">The table's row, as text.</param>
/// <param name="Day">UTC.</param>
public sealed record Counters(string Row, string Channel, CycleId Cycle, DateOnly Day)
{
    public string OfCycle { get; } = CycleKey(Row, Channel, Cycle);

    public string OfDay { get; } = DayKey(Row, Channel, Day);

    public static string CycleKey(string row, string channel, CycleId cycle) => $"{row} {channel} {cycle}";

    public static string DayKey(string row, string channel, DateOnly day) =>
        Invariant($"{row} {channel} {day:yyyy-MM-dd}");
}

/// <summary>
/// The part of a ceiling that an obligation uses. It uses one ceiling: a new route gives the old allocation back.
/// </summary>
/// <param name="Instruction">For which it was asked.</param>
/// <param name="Under">The ceiling.</param>
public sealed record CeilingAllocation(ObligationId Obligation, InstructionId Instruction, Counters Under,
    long AmountMinor);

/// <summary>The usage of the ceilings that a chunk may meet, and the chunk's own usage.</summary>
/// <param name="counters">Current counters, locked for this chunk.</param>
/// <param name="allocations">Of the chunk's obligations.</param>
public sealed class CeilingUsage(IReadOnlyDictionary<string, UsedAmount> counters,
    IEnumerable<CeilingAllocation> allocations)
{
    private readonly Dictionary<string, UsedAmount> _counters = new(counters);
    private readonly Dictionary<ObligationId, CeilingAllocation> _allocations =
        allocations.ToDictionary(allocation => allocation.Obligation);
    private readonly HashSet<string> _changedKeys = [];
    private readonly HashSet<ObligationId> _changed = [];

    public static CeilingUsage None => new(new Dictionary<string, UsedAmount>(), []);

    public IEnumerable<KeyValuePair<string, UsedAmount>> ChangedCounters =>
        _changedKeys.Select(key => KeyValuePair.Create(key, _counters[key]));

    /// <summary>Obligations whose allocation changed.</summary>
    public IReadOnlyCollection<ObligationId> Changed => _changed;

    public IEnumerable<CeilingAllocation> NewAllocations =>
        _changed.Select(id => _allocations.GetValueOrDefault(id)).OfType<CeilingAllocation>();

    /// <summary>Gives back the obligation's allocation and returns it.</summary>
    public CeilingAllocation? GiveBack(ObligationId obligation)
    {
        if (!_allocations.Remove(obligation, out var former))
        {
            return null;
        }

        Count(former, used => used - new UsedAmount(1, former.AmountMinor));
        _changed.Add(obligation);
        return former;
    }

    public bool Fits(Ceiling ceiling, CeilingAllocation allocation) =>
        ceiling.Fits(_counters.GetValueOrDefault(allocation.Under.OfCycle),
            _counters.GetValueOrDefault(allocation.Under.OfDay),
            allocation.AmountMinor);

    public void Allocate(CeilingAllocation allocation)
    {
        _allocations[allocation.Obligation] = allocation;
        Count(allocation, used => used + new UsedAmount(1, allocation.AmountMinor));
        _changed.Add(allocation.Obligation);
    }

    private void Count(CeilingAllocation allocation, Func<UsedAmount, UsedAmount> change)
    {
        Count(allocation.Under.OfCycle, change);
        Count(allocation.Under.OfDay, change);
    }

    private void Count(string key, Func<UsedAmount, UsedAmount> change)
    {
        _counters[key] = change(_counters.GetValueOrDefault(key));
        _changedKeys.Add(key);
    }
}
