using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Routing.Domain.Switches;

/// <summary>Where households of one area and instrument would be paid.</summary>
/// <param name="Channel">Null when the target track does not reach them; <paramref name="Why"/> says why.</param>
public sealed record TargetSum(string Area, string Instrument, string? Channel, string Why, long Count, long AmountMinor);

/// <param name="Count">Payments that would come to this channel.</param>
/// <param name="FinishAt">When it would have paid them, at its own capacity, starting now.</param>
public sealed record Finish(string Channel, long Count, int CapacityPerHour, DateTimeOffset FinishAt);

/// <summary>What a switch would do, worked out on the live cycle without effect. People vote on its hash.</summary>
/// <param name="Asked">Number of the count it rests on.</param>
/// <param name="Target">Everything not paid yet, with what is in doubt: it moves too if it comes free.</param>
/// <param name="StaysInDoubt">What would wait for the provider's word.</param>
public sealed record Rehearsal(
    long Asked,
    DateTimeOffset At,
    string Hash,
    string ListHash,
    int TableVersion,
    long Obligations,
    long AmountMinor,
    IReadOnlyList<DispositionSum> ByDisposition,
    IReadOnlyList<AreaSum> ByArea,
    IReadOnlyList<ChannelSum> ByChannel,
    IReadOnlyList<TargetSum> Target,
    IReadOnlyList<TargetSum> Unreachable,
    IReadOnlyList<Finish> Finish,
    Sum StaysInDoubt)
{
    /// <param name="asked">Number of the count.</param>
    /// <param name="scope">Of the switch.</param>
    /// <param name="count">What stands where.</param>
    /// <param name="map">The routes as they would be under the switch (<see cref="RouteMap.Under"/>).</param>
    /// <param name="at">Now.</param>
    public static Rehearsal Of(long asked, SwitchScope scope, Count count, RouteMap map, DateTimeOffset at)
    {
        var breakdown = new Breakdown(count, map.CanRecall);
        var routes = count.Lines.Select(line => (line.Area, line.Instrument)).Distinct()
            .ToDictionary(pair => pair, pair => map.Route(scope.Programme, scope.CycleId, pair.Area, pair.Instrument));
        var hash = SwitchHash.Of(
            scope,
            count.ListHash,
            count.Obligations,
            count.AmountMinor,
            routes.Select(route => new TargetRoute(route.Key.Area, route.Key.Instrument, route.Value.Channel?.Code)),
            map.Table.Version);
        var target = count.Lines.Where(line => breakdown.Of(line) != Disposition.Paid)
            .GroupBy(line => (line.Area, line.Instrument)).OrderBy(group => group.Key)
            .Select(group => (Route: routes[group.Key], group.Key, Sum: Sum.Of(group)))
            .Select(row => new TargetSum(
                row.Key.Area, Word.Of(row.Key.Instrument), row.Route.Channel?.Code, row.Route.Why, row.Sum.Count, row.Sum.AmountMinor))
            .ToList();
        return new Rehearsal(
            asked,
            at,
            hash,
            count.ListHash,
            map.Table.Version,
            count.Obligations,
            count.AmountMinor,
            breakdown.ByDisposition(),
            breakdown.ByArea(),
            breakdown.ByChannel(),
            target,
            [.. target.Where(row => row.Channel is null)],
            [.. Finishes(target, map, at)],
            count.SumOf(line => breakdown.Of(line) == Disposition.InDoubt));
    }

    private static IEnumerable<Finish> Finishes(IEnumerable<TargetSum> target, RouteMap map, DateTimeOffset at) =>
        target.Where(row => row.Channel is not null).GroupBy(row => row.Channel!).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group =>
        {
            var (count, capacity) = (group.Sum(row => row.Count), map.CapacityPerHour[group.Key]);
            return new Finish(group.Key, count, capacity, at.AddHours((double)count / capacity));
        });
}
