using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Routing.Persistence;

/// <summary>Reads everything the router needs about one programme's cycle, once for many rows.</summary>
internal sealed class RoutingFactsQuery(RoutingDb db, RuleQuery rules, TimeProvider clock)
{
    public async Task<RoutingFacts> ReadAsync(string programme, CycleId cycleId, CancellationToken cancel)
    {
        var channels = await db.Channels.AsNoTracking().ToListAsync(cancel);
        var latest = await db.Tables.AsNoTracking().OrderByDescending(table => table.Version)
            .FirstOrDefaultAsync(cancel);
        var currency = await db.Protocols.AsNoTracking()
            .Where(protocol => protocol.Programme == programme).Select(protocol => protocol.Currency)
            .FirstOrDefaultAsync(cancel);
        // After the channels, and both kinds at once. So a route under a new epoch always knows the switch or the
        // suspension that began it.
        var switches = await db.Switches.AsNoTracking().IgnoreAutoIncludes()
            .Where(row => row.Programme == programme && row.CycleId == cycleId && row.RoutesEnded == null
                && (row.RoutesSince != null || row.State == SwitchState.Stopping))
            .OrderBy(row => row.RoutesSince).ThenBy(row => row.Id).ToListAsync(cancel);
        var suspensions = await db.Suspensions.AsNoTracking().IgnoreAutoIncludes()
            .Where(row => row.Programme == programme && row.EndedAt == null).OrderBy(row => row.Id)
            .ToListAsync(cancel);
        return RoutingFacts.Of(
            latest is null ? RoutingTable.None : Table(latest, channels.Select(channel => channel.Code).ToHashSet()),
            channels,
            [.. switches.Where(row => row.RoutesSince is not null).Select(row => row.Overlay)],
            currency) with
        {
            Terms = new RouteTerms(await rules.RulesAsync(db, cancel),
                DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime))
            {
                Leaving = [.. switches.Where(row => row.RoutesSince is null).Select(row => row.Overlay)],
                Suspended = [.. suspensions.Select(row => row.Scope)],
            },
        };
    }

    /// <summary>The routing facts under this switch. They are rehearsed and voted on.</summary>
    public Task<RoutingFacts> UnderAsync(Switch subject, CancellationToken cancel) =>
        UnderAsync(subject.Overlay, cancel);

    /// <summary>The routing facts under such a switch.</summary>
    public async Task<RoutingFacts> UnderAsync(Overlay overlay, CancellationToken cancel) =>
        (await ReadAsync(overlay.Programme, overlay.CycleId, cancel)).Under(overlay);

    private static RoutingTable Table(TableVersion version, HashSet<string> channels) =>
        RoutingTable.Of(version.Version, version.Rows, channels)
            .Match(table => table, refusal =>
                throw new InvalidOperationException(Invariant($"Stored table {version.Version}: {refusal.Reason}")));
}
