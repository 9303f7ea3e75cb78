using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Kernel;
using TwinTrack.Platform.Storage;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Routing.Persistence;

/// <summary>The usage of one ceiling in one cycle or on one day.</summary>
internal sealed class CeilingCounter
{
    public required string Counter { get; init; }

    public long Count { get; set; }

    /// <summary>Minor units.</summary>
    public long AmountMinor { get; set; }
}

/// <summary>The allocation of an obligation. The key prevents a second allocation.</summary>
internal sealed class CeilingAllocationRow
{
    public required ObligationId ObligationId { get; init; }

    public required InstructionId InstructionId { get; init; }

    public required string TableRow { get; init; }

    public required string Channel { get; init; }

    public required CycleId CycleId { get; init; }

    public required DateOnly Day { get; init; }

    public required long AmountMinor { get; init; }

    public CeilingAllocation Read() =>
        new(ObligationId, InstructionId, new Counters(TableRow, Channel, CycleId, Day), AmountMinor);

    public static CeilingAllocationRow Of(CeilingAllocation allocation) => new()
    {
        ObligationId = allocation.Obligation,
        InstructionId = allocation.Instruction,
        TableRow = allocation.Under.Row,
        Channel = allocation.Under.Channel,
        CycleId = allocation.Under.Cycle,
        Day = allocation.Under.Day,
        AmountMinor = allocation.AmountMinor,
    };
}

internal sealed class CeilingConfiguration : IEntityTypeConfiguration<CeilingCounter>,
    IEntityTypeConfiguration<CeilingAllocationRow>
{
    public void Configure(EntityTypeBuilder<CeilingCounter> builder) =>
        builder.ToTable("ceiling_counters").HasKey(counter => counter.Counter);

    public void Configure(EntityTypeBuilder<CeilingAllocationRow> builder)
    {
        builder.ToTable("ceiling_takes").HasKey(row => row.ObligationId);
        builder.Property(row => row.ObligationId).ValueGeneratedNever();
    }
}

/// <summary>
/// Reads and writes the usage of ceilings, one chunk at a time. Two chunks under the same ceiling wait for each other
/// at its counters.
/// </summary>
internal sealed class CeilingCapacityQuery(RoutingDb db)
{
    private const int NamesMax = 1_000;

    /// <param name="rules">The table's rows that the chunk meets.</param>
    /// <param name="obligations">Of the chunk; at most 1,000.</param>
    /// <param name="cycle">Whose payments they are.</param>
    /// <param name="day">Today, UTC.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<CeilingUsage> LockUsageAsync_NeedsTransaction(
        IEnumerable<TableRow> rules, IReadOnlyList<ObligationId> obligations, CycleId cycle, DateOnly day,
        CancellationToken cancel)
    {
        var counters = rules.Where(rule => rule.Ceilings is not null)
            .SelectMany(
            rule => rule.Ceilings!.Keys.SelectMany(
                channel => (string[])[Counters.CycleKey(rule.ToString(), channel, cycle),
                    Counters.DayKey(rule.ToString(), channel, day)]))
            .ToHashSet();
        if (counters.Count == 0)
        {
            return CeilingUsage.None;
        }

        // Lock this chunk's counters first. Another chunk with the same obligations then waits, and reads the
        // allocations after this one.
        await LockAsync(counters, cancel);
        var allocations = await db.CeilingAllocations.AsNoTracking()
            .Where(row => obligations.Contains(row.ObligationId))
            .ToListAsync(cancel);
        var former = allocations.Select(row => row.Read())
            .SelectMany(allocation => (string[])[allocation.Under.OfCycle, allocation.Under.OfDay])
            .Where(key => !counters.Contains(key))
            .ToHashSet();
        await LockAsync(former, cancel);
        var locked = counters.Concat(former).ToList();
        var used = await db.CeilingCounters.AsNoTracking().Where(counter => locked.Contains(counter.Counter))
            .ToDictionaryAsync(counter => counter.Counter,
                counter => new UsedAmount(counter.Count, counter.AmountMinor), cancel);
        return new CeilingUsage(used, allocations.Select(row => row.Read()));
    }

    /// <summary>The current usage for a forecast. It locks nothing.</summary>
    public async Task<CeilingCapacity> LookAsync(RoutingFacts facts, CycleId cycle, CancellationToken cancel)
    {
        if (!facts.Table.HasCeilings)
        {
            return CeilingCapacity.Unused;
        }

        var day = facts.Terms.Day;
        var names = facts.Table.Rows.Where(row => row.Ceilings is not null)
            .SelectMany(row => row.Ceilings!.Keys.Select(channel => new Counters(row.ToString(), channel, cycle, day)))
            .SelectMany(counters => (string[])[counters.OfCycle, counters.OfDay]).ToList();
        var used = new Dictionary<string, UsedAmount>();
        foreach (var some in names.Chunk(NamesMax))
        {
            await foreach (var counter in db.CeilingCounters.AsNoTracking()
                .Where(counter => some.Contains(counter.Counter)).AsAsyncEnumerable().WithCancellation(cancel))
            {
                used.Add(counter.Counter, new UsedAmount(counter.Count, counter.AmountMinor));
            }
        }

        var allocated = await db.CeilingAllocations.AsNoTracking().Where(row => row.CycleId == cycle)
            .GroupBy(row => new { row.TableRow, row.Channel, row.Day })
            .Select(same => new { same.Key, Count = same.LongCount() }).ToListAsync(cancel);
        return new CeilingCapacity(
            used, allocated.ToDictionary(same => (same.Key.TableRow, same.Key.Channel, same.Key.Day),
                same => same.Count));
    }

    public async Task StoreAsync_NeedsTransaction(CeilingUsage usage, CancellationToken cancel)
    {
        if (usage.Changed.Count == 0)
        {
            return;
        }

        foreach (var (key, used) in usage.ChangedCounters)
        {
            await db.CeilingCounters.Where(counter => counter.Counter == key).ExecuteUpdateAsync(
                set => set.SetProperty(counter => counter.Count, used.Count)
                    .SetProperty(counter => counter.AmountMinor, used.AmountMinor), cancel);
        }

        var changed = usage.Changed.ToList();
        await db.CeilingAllocations.Where(row => changed.Contains(row.ObligationId)).ExecuteDeleteAsync(cancel);
        await db.BulkInsertAsync([.. usage.NewAllocations.Select(CeilingAllocationRow.Of)], cancel);
    }

    /// <summary>Locks in the order of the keys, so that two chunks never deadlock.</summary>
    private async Task LockAsync(IEnumerable<string> keys, CancellationToken cancel)
    {
        foreach (var key in keys.Order(StringComparer.Ordinal))
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO ceiling_counters (counter, count, amount_minor) VALUES ({key}, 0, 0)
                ON CONFLICT (counter) DO NOTHING
                """, cancel);
            await db.CeilingCounters.Where(counter => counter.Counter == key)
                .ExecuteUpdateAsync(set => set.SetProperty(counter => counter.Count, counter => counter.Count), cancel);
        }
    }
}
