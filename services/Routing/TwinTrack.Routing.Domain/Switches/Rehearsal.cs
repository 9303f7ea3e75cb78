using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Routing.Domain.Switches;

/// <summary>Where households of one area and instrument would be paid.</summary>
/// <param name="Channel">Null when the target track does not reach them; <paramref name="Why"/> says why.</param>
public sealed record TargetSum(string Area, string Instrument, string? Channel, string Why, long Count, long AmountMinor)
{
    /// <summary>One word, as <see cref="RouteReason"/> is written: rule, switch, area, red_line, ...</summary>
    public string Reason { get; init; } = "";
}

/// <summary>Whom the target track does not reach, by why.</summary>
/// <param name="Reason">A word of <see cref="RouteReason"/>.</param>
public sealed record ReasonSum(string Reason, long Count, long AmountMinor);

/// <param name="FeeMinor">What the channel's provider would take, minor units.</param>
public sealed record FeeSum(string Channel, long Count, long AmountMinor, long FeeMinor);

/// <summary>Money of one source that would be paid out by another channel.</summary>
/// <param name="From">Channel of the latest instruction; empty where there was none.</param>
public sealed record FundingMove(string FundingSource, string From, string To, long Count, long AmountMinor);

/// <param name="Until">When, at the latest, the provider may still pay what was sent until now; a final statement after it ends the doubt.</param>
public sealed record DoubtWait(string Channel, long Count, long AmountMinor, DateTimeOffset Until);

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
    public IReadOnlyList<ReasonSum> UnreachableByReason { get; init; } = [];

    public IReadOnlyList<FeeSum> Fees { get; init; } = [];

    public IReadOnlyList<FundingMove> Funding { get; init; } = [];

    public IReadOnlyList<DoubtWait> Waits { get; init; } = [];

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
                row.Key.Area, Word.Of(row.Key.Instrument), row.Route.Channel?.Code, row.Route.Why, row.Sum.Count, row.Sum.AmountMinor)
            { Reason = Word.Of(row.Route.Reason) })
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
            count.SumOf(line => breakdown.Of(line) == Disposition.InDoubt))
        {
            UnreachableByReason = [.. target.Where(row => row.Channel is null).GroupBy(row => row.Reason).OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new ReasonSum(group.Key, group.Sum(row => row.Count), group.Sum(row => row.AmountMinor)))],
            Fees = [.. FeesOf(target, map)],
            Funding = [.. FundingOf(count.Lines.Where(line => breakdown.Of(line) != Disposition.Paid), line => routes[(line.Area, line.Instrument)].Channel?.Code)],
            Waits = [.. WaitsOf(count.Lines.Where(line => breakdown.Of(line) is Disposition.InDoubt or Disposition.Recallable), map, at)],
        };
    }

    private static IEnumerable<FeeSum> FeesOf(IEnumerable<TargetSum> target, RouteMap map) =>
        target.Where(row => row.Channel is not null).GroupBy(row => row.Channel!).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group =>
        {
            var (payments, amountMinor) = (group.Sum(row => row.Count), group.Sum(row => row.AmountMinor));
            return new FeeSum(group.Key, payments, amountMinor, map.Costs.GetValueOrDefault(group.Key)?.FeeOf(payments, amountMinor) ?? 0);
        });

    private static IEnumerable<FundingMove> FundingOf(IEnumerable<CountLine> lines, Func<CountLine, string?> to) =>
        lines.Select(line => (Line: line, To: to(line))).Where(row => row.To is not null && row.To != row.Line.Channel)
            .GroupBy(row => (row.Line.FundingSource, row.Line.Channel, To: row.To!)).OrderBy(group => group.Key)
            .Select(group => (group.Key, Sum: Sum.Of(group.Select(row => row.Line))))
            .Select(row => new FundingMove(row.Key.FundingSource, row.Key.Channel, row.Key.To, row.Sum.Count, row.Sum.AmountMinor));

    private static IEnumerable<DoubtWait> WaitsOf(IEnumerable<CountLine> lines, RouteMap map, DateTimeOffset at) =>
        lines.GroupBy(line => line.Channel).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => (group.Key, Sum: Sum.Of(group)))
            .Select(row => new DoubtWait(row.Key, row.Sum.Count, row.Sum.AmountMinor, at + (map.Costs.GetValueOrDefault(row.Key)?.Validity ?? TimeSpan.Zero)));

    private static IEnumerable<Finish> Finishes(IEnumerable<TargetSum> target, RouteMap map, DateTimeOffset at) =>
        target.Where(row => row.Channel is not null).GroupBy(row => row.Channel!).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group =>
        {
            var (count, capacity) = (group.Sum(row => row.Count), map.CapacityPerHour[group.Key]);
            return new Finish(group.Key, count, capacity, at.AddHours((double)count / capacity));
        });
}
