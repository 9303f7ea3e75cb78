using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Storage;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Switches;

namespace TwinTrack.Routing.Persistence;

internal sealed class RoutingDb(DbContextOptions<RoutingDb> options) : ServiceDb(options)
{
    public DbSet<Channel> Channels => Set<Channel>();

    public DbSet<TableVersion> Tables => Set<TableVersion>();

    public DbSet<Protocol> Protocols => Set<Protocol>();

    public DbSet<Switch> Switches => Set<Switch>();

    public DbSet<KnownCycle> Cycles => Set<KnownCycle>();

    public DbSet<StoppedChannel> StoppedChannels => Set<StoppedChannel>();

    public DbSet<PauseReview> PauseReviews => Set<PauseReview>();

    public DbSet<Suspension> Suspensions => Set<Suspension>();

    public DbSet<SuspendedChannel> SuspendedChannels => Set<SuspendedChannel>();

    public DbSet<Scenario> Scenarios => Set<Scenario>();

    public DbSet<StoredRehearsal> Rehearsals => Set<StoredRehearsal>();

    public DbSet<StoredCount> Counts => Set<StoredCount>();

    public DbSet<RuleRow> Rules => Set<RuleRow>();

    public DbSet<CeilingCounter> CeilingCounters => Set<CeilingCounter>();

    public DbSet<CeilingAllocationRow> CeilingAllocations => Set<CeilingAllocationRow>();

    /// <summary>The channel, locked for this transaction. On PostgreSQL other writers wait here.</summary>
    public async Task<Channel?> ChannelToChangeAsync(string code, CancellationToken cancel)
    {
        await Channels.Where(channel => channel.Code == code)
            .ExecuteUpdateAsync(set => set.SetProperty(channel => channel.CommandedAt, channel => channel.CommandedAt),
                cancel);
        return await Channels.SingleOrDefaultAsync(channel => channel.Code == code, cancel);
    }

    /// <summary>
    /// The switch with all its parts, locked for this transaction. Votes, answers and the job wait for each other.
    /// </summary>
    public async Task<Switch?> SwitchToChangeAsync(SwitchId id, CancellationToken cancel)
    {
        await Switches.Where(row => row.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Version, row => row.Version + 1), cancel);
        return await Switches.SingleOrDefaultAsync(row => row.Id == id, cancel);
    }

    /// <summary>The suspension, locked for this transaction, so that it ends once.</summary>
    public async Task<Suspension?> SuspensionToChangeAsync(SuspensionId id, CancellationToken cancel)
    {
        await Suspensions.Where(row => row.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Track, row => row.Track), cancel);
        return await Suspensions.SingleOrDefaultAsync(row => row.Id == id, cancel);
    }

    /// <summary>The newest version of each area; of one programme, or of all.</summary>
    public async Task<List<Protocol>> ProtocolsInForceAsync(string? programme, CancellationToken cancel)
    {
        var rows = await Protocols.AsNoTracking()
            .Where(row => programme == null || row.Programme == programme)
            .Where(row =>
                !Protocols.Any(
                    later => later.Programme == row.Programme && later.Area == row.Area && later.Version > row.Version))
            .ToListAsync(cancel);
        return [.. rows.OrderBy(row => row.Programme, StringComparer.Ordinal)
            .ThenBy(row => row.Area, StringComparer.Ordinal)];
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.StoreIds(typeof(PauseReviewId).Assembly);
    }
}
