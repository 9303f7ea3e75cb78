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
        var routing = await db.Switches.AsNoTracking().IgnoreAutoIncludes()
            .Where(row => row.Programme == programme && row.CycleId == cycleId && row.RoutesSince != null
                && row.RoutesEnded == null)
            .OrderBy(row => row.RoutesSince).ThenBy(row => row.Id).ToListAsync(cancel);
        var leaving = await db.Switches.AsNoTracking().IgnoreAutoIncludes()
            .Where(row => row.Programme == programme && row.CycleId == cycleId && row.RoutesSince == null
                && SwitchLifecycle.Leaving.Contains(row.State))
            .OrderBy(row => row.Id).ToListAsync(cancel);
        return RoutingFacts.Of(
            latest is null ? RoutingTable.None : Table(latest, channels.Select(channel => channel.Code).ToHashSet()),
            channels,
            [.. routing.Select(row => row.Overlay)],
            currency) with
        {
            Terms = new RouteTerms(await rules.RulesAsync(db, cancel),
                DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime))
            {
                // A pilot closes its channels for everybody until it routes.
                Leaving = [.. leaving.Select(row => row.Overlay with { PilotPercent = null })],
            },
        };
    }

    /// <summary>The routing facts under this switch. They are rehearsed and voted on.</summary>
    public Task<RoutingFacts> UnderAsync(Switch subject, CancellationToken cancel) =>
        UnderAsync(subject.Overlay, cancel);

    /// <summary>The routing facts under such a switch.</summary>
    public async Task<RoutingFacts> UnderAsync(Overlay overlay, CancellationToken cancel)
    {
        var facts = await ReadAsync(overlay.Programme, overlay.CycleId, cancel);
        return facts.Under(overlay, (await ReopenedByAsync(overlay, cancel)).ToHashSet());
    }

    /// <summary>
    /// Codes of the channels that a return opens: channels of its track that the programme's earlier switches hold.
    /// </summary>
    public Task<IReadOnlyList<string>> ReopenedByAsync(Switch subject, CancellationToken cancel) =>
        ReopenedByAsync(subject.Overlay, cancel);

    private async Task<IReadOnlyList<string>> ReopenedByAsync(Overlay subject, CancellationToken cancel) =>
        subject.ToTrack == Track.Government
        ? await (
            from channel in db.Channels.AsNoTracking()
            join holder in db.Switches.IgnoreAutoIncludes() on channel.FencedBy equals (SwitchId?)holder.Id
            where channel.Track == subject.ToTrack && holder.Programme == subject.Programme
            orderby channel.Code
            select channel.Code).ToListAsync(cancel)
        : [];

    private static RoutingTable Table(TableVersion version, HashSet<string> channels) =>
        RoutingTable.Of(version.Version, version.Rows, channels)
            .Match(table => table, refusal =>
                throw new InvalidOperationException(Invariant($"Stored table {version.Version}: {refusal.Reason}")));
}
