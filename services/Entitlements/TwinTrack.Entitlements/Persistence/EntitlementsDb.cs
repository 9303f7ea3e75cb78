using Microsoft.EntityFrameworkCore;
using TwinTrack.Entitlements.Domain;
using TwinTrack.Kernel;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Entitlements.Persistence;

internal sealed class EntitlementsDb(DbContextOptions<EntitlementsDb> options) : ServiceDb(options)
{
    public DbSet<Programme> Programmes => Set<Programme>();

    public DbSet<ParameterSet> ParameterSets => Set<ParameterSet>();

    public DbSet<Cycle> Cycles => Set<Cycle>();

    public DbSet<CaseloadPart> CaseloadParts => Set<CaseloadPart>();

    public DbSet<Entitlement> Entitlements => Set<Entitlement>();

    public DbSet<CalculationFailure> Failures => Set<CalculationFailure>();

    /// <summary>
    /// The cycle, with its row locked until the transaction ends. So parts that arrive together are counted one after
    /// another. Null when there is no such cycle.
    /// </summary>
    public async Task<Cycle?> LockCycleAsync(CycleId id, CancellationToken cancel)
    {
        await Cycles.Where(cycle => cycle.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(cycle => cycle.Version, cycle => cycle.Version), cancel);
        return await Cycles.SingleOrDefaultAsync(cycle => cycle.Id == id, cancel);
    }
}
