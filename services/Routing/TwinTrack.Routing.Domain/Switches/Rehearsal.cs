using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Routing.Domain.Switches;

/// <summary>Where households of one area, instrument and funding source would be paid.</summary>
/// <param name="Channel">Null when the target track does not reach them; <paramref name="Why"/> says why.</param>
public sealed record TargetSum(string Area, string Instrument, string? Channel, string Why, long Count,
    long AmountMinor)
{
    /// <summary>One word, as <see cref="RouteReason"/> is written: rule, switch, area, red_line, ...</summary>
    public string Reason { get; init; } = "";

    /// <summary>Code. Empty in rows that were stored before this field existed.</summary>
    public string FundingSource { get; init; } = "";
}

/// <summary>Money of one source, by disposition.</summary>
public sealed record SourceSum(string FundingSource, string Disposition, long Count, long AmountMinor);

/// <summary>Payments for which there is no room under a ceiling.</summary>
/// <param name="By">The name of the reached ceiling.</param>
/// <param name="To">The channel that they would use instead; null when they would wait.</param>
/// <param name="Until">
/// When there is room again. A daily ceiling frees room at the end of the day (UTC). Null means not in this cycle,
/// unless room is given back.
/// </param>
public sealed record CeilingSum(string Channel, string? By, string? To, long Count, long AmountMinor,
    DateTimeOffset? Until);

/// <summary>Payments that would wait at a gate outside its opening hours.</summary>
/// <param name="Until">When it opens; null: not within eight days.</param>
public sealed record HoursSum(string Channel, long Count, long AmountMinor, DateTimeOffset? Until);

/// <summary>Payments that the target track does not reach, by reason.</summary>
/// <param name="Reason">A word of <see cref="RouteReason"/>.</param>
public sealed record ReasonSum(string Reason, long Count, long AmountMinor);

/// <param name="FeeMinor">What the channel's provider would take, minor units.</param>
public sealed record FeeSum(string Channel, long Count, long AmountMinor, long FeeMinor);

/// <summary>Money of one source that would be paid out by another channel.</summary>
/// <param name="From">Channel of the latest instruction; empty where there was none.</param>
public sealed record FundingShift(string FundingSource, string From, string To, long Count, long AmountMinor);

/// <param name="Until">
/// The last moment at which the provider may pay what was sent until now. A later final statement ends the doubt.
/// </param>
public sealed record DoubtWait(string Channel, long Count, long AmountMinor, DateTimeOffset Until);

/// <param name="Count">Payments that would come to this channel.</param>
/// <param name="FinishAt">When it would have paid them, at its own capacity, starting now.</param>
public sealed record FinishEstimate(string Channel, long Count, int CapacityPerHour, DateTimeOffset FinishAt);

/// <summary>The forecast of a switch on the live cycle, without effect. People vote on its hash.</summary>
/// <param name="Asked">Number of the count it rests on.</param>
/// <param name="Target">
/// All unpaid obligations, including those in doubt, because they move too when evidence frees them.
/// </param>
/// <param name="StaysInDoubt">Obligations that would wait for the provider's report.</param>
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
    IReadOnlyList<FinishEstimate> Finish,
    Sum StaysInDoubt)
{
    public IReadOnlyList<ReasonSum> UnreachableByReason { get; init; } = [];

    public IReadOnlyList<FeeSum> Fees { get; init; } = [];

    public IReadOnlyList<FundingShift> Funding { get; init; } = [];

    public IReadOnlyList<DoubtWait> Waits { get; init; } = [];

    public IReadOnlyList<SourceSum> BySource { get; init; } = [];

    public IReadOnlyList<CeilingSum> Ceilings { get; init; } = [];

    public IReadOnlyList<HoursSum> Hours { get; init; } = [];

    /// <summary>Null in rows that were stored before this field existed.</summary>
    public SwitchReach? Reach { get; init; }

    /// <summary>What everybody who approves must confirm by name; usually empty.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <param name="asked">Number of the count.</param>
    /// <param name="scope">Of the switch.</param>
    /// <param name="count">What stands where.</param>
    /// <param name="facts">The routes as they would be under the switch (<see cref="RoutingFacts.Under"/>).</param>
    /// <param name="at">Now.</param>
    /// <param name="capacity">Under the ceilings; null where there are none.</param>
    /// <param name="reachPercentMin">Below it, the rehearsal warns.</param>
    public static Rehearsal Of(long asked, SwitchScope scope, DispositionCount count, RoutingFacts facts,
        DateTimeOffset at, CeilingCapacity? capacity = null, int reachPercentMin = SwitchReach.PercentMin)
    {
        var breakdown = new Breakdown(count, facts.CanRecall);
        var hash =
            SwitchHash.Of(
                scope, count,
                new RouteForecast(scope, facts, facts.Terms, CeilingCapacity.Unused).RoutesIgnoringCeilings(count),
                facts);
        // Obligations that may move later come after those that move at once. They use the room that is left.
        var foreseen =
            new RouteForecast(scope, facts, facts.Terms with { Now = at }, capacity ?? CeilingCapacity.Unused).Of(
            count,
            line => breakdown.Of(line) != Disposition.Paid,
            line => breakdown.Of(line) is not (Disposition.InDoubt or Disposition.Recallable));
        var target =
            foreseen.GroupBy(
                row => (row.Line.Area, row.Line.Instrument, row.Line.FundingSource, row.Route.Channel?.Code,
                    row.Route.Reason))
            .OrderBy(group => group.Key.Area, StringComparer.Ordinal).ThenBy(group => group.Key.Instrument)
            .ThenBy(group => group.Key.FundingSource, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Code, StringComparer.Ordinal).ThenBy(group => group.Key.Reason)
            .Select(group => new TargetSum(
                group.Key.Area, Word.Of(group.Key.Instrument), group.Key.Code, group.First().Route.Why,
                group.Sum(row => row.Count), group.Sum(row => row.AmountMinor))
            { Reason = Word.Of(group.Key.Reason), FundingSource = group.Key.FundingSource })
            .ToList();
        List<ReasonSum> unreachable =
            [.. target.Where(row => row.Channel is null).GroupBy(row => row.Reason)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new ReasonSum(
                    group.Key, group.Sum(row => row.Count), group.Sum(row => row.AmountMinor)))];
        var reach = SwitchReach.Of(foreseen, facts.Overlays is [.., var last] ? last : null);
        return new Rehearsal(
            asked,
            at,
            hash,
            count.ListHash,
            facts.Table.Version,
            count.Obligations,
            count.AmountMinor,
            breakdown.ByDisposition(),
            breakdown.ByArea(),
            breakdown.ByChannel(),
            target,
            [.. target.Where(row => row.Channel is null)],
            [.. Finishes(target, facts, at)],
            count.SumOf(line => breakdown.Of(line) == Disposition.InDoubt))
        {
            UnreachableByReason = unreachable,
            Reach = reach,
            Warnings = reach.Warning(reachPercentMin, unreachable) is { } warning ? [warning] : [],
            Fees = [.. FeesOf(target, facts)],
            Funding = [.. FundingOf(foreseen)],
            BySource = breakdown.BySource(),
            Ceilings = [.. CeilingsOf(foreseen, at)],
            Hours = [.. HoursOf(foreseen, at)],
            Waits = [
                .. WaitsOf(
                    count.Lines.Where(line => breakdown.Of(line) is Disposition.InDoubt or Disposition.Recallable),
                    facts,
                    at)],
        };
    }

    private static IEnumerable<FeeSum> FeesOf(IEnumerable<TargetSum> target, RoutingFacts facts) =>
        target.Where(row => row.Channel is not null).GroupBy(row => row.Channel!)
            .OrderBy(group => group.Key, StringComparer.Ordinal).Select(group =>
        {
            var (payments, amountMinor) = (group.Sum(row => row.Count), group.Sum(row => row.AmountMinor));
            return new FeeSum(group.Key, payments, amountMinor,
                facts.Costs.GetValueOrDefault(group.Key)?.FeeOf(payments, amountMinor) ?? 0);
        });

    private static IEnumerable<FundingShift> FundingOf(IEnumerable<ForecastRoute> foreseen) =>
        foreseen.Where(row => row.Route.Channel is { } to && to.Code != row.Line.Channel)
            .GroupBy(row => (row.Line.FundingSource, row.Line.Channel, To: row.Route.Channel!.Code))
            .OrderBy(group => group.Key.FundingSource, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Channel, StringComparer.Ordinal)
            .ThenBy(group => group.Key.To, StringComparer.Ordinal)
            .Select(group => new FundingShift(
                group.Key.FundingSource, group.Key.Channel, group.Key.To, group.Sum(row => row.Count),
                group.Sum(row => row.AmountMinor)));

    private static IEnumerable<CeilingSum> CeilingsOf(IEnumerable<ForecastRoute> foreseen, DateTimeOffset at) =>
        foreseen.SelectMany(
            row => row.Route.Passed.Where(passed => passed.Reason == RouteReason.Ceiling)
                .Select(passed => (Row: row, Passed: passed)))
            .GroupBy(
            one => (one.Passed.Channel, one.Passed.By, To: one.Row.Route.Channel?.Code,
                OfDay: one.Row.Route.Row?.Ceilings?.GetValueOrDefault(one.Passed.Channel) is { PerCycle: false }))
            .OrderBy(group => group.Key.Channel, StringComparer.Ordinal).ThenBy(group => group.Key.By)
            .ThenBy(group => group.Key.To, StringComparer.Ordinal).ThenBy(group => group.Key.OfDay)
            .Select(group => new CeilingSum(
                group.Key.Channel, group.Key.By, group.Key.To, group.Sum(one => one.Row.Count),
                group.Sum(one => one.Row.AmountMinor),
                group.Key is { OfDay: true, To: null }
                    ? new DateTimeOffset(at.UtcDateTime.Date.AddDays(1), TimeSpan.Zero) : null));

    private static IEnumerable<HoursSum> HoursOf(IEnumerable<ForecastRoute> foreseen, DateTimeOffset at) =>
        foreseen.Where(row => row.Route.Channel?.Hours?.IsOpen(at) == false).GroupBy(row => row.Route.Channel!.Code)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group =>
                new HoursSum(group.Key, group.Sum(row => row.Count), group.Sum(row => row.AmountMinor),
                    group.First().Route.Channel!.Hours!.NextChange(at)));

    private static IEnumerable<DoubtWait> WaitsOf(
        IEnumerable<DispositionCountLine> lines, RoutingFacts facts, DateTimeOffset at) =>
        lines.GroupBy(line => line.Channel).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (group.Key, Sum: Sum.Of(group)))
            .Select(row =>
                new DoubtWait(row.Key, row.Sum.Count, row.Sum.AmountMinor,
                    at + (facts.Costs.GetValueOrDefault(row.Key)?.Validity ?? TimeSpan.Zero)));

    private static IEnumerable<FinishEstimate> Finishes(
        IEnumerable<TargetSum> target, RoutingFacts facts, DateTimeOffset at) =>
        target.Where(row => row.Channel is not null).GroupBy(row => row.Channel!)
            .OrderBy(group => group.Key, StringComparer.Ordinal).Select(group =>
        {
            var (count, capacity) = (group.Sum(row => row.Count), facts.CapacityPerHour[group.Key]);
            return new FinishEstimate(group.Key, count, capacity, at.AddHours((double)count / capacity));
        });
}
