using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Routing.Domain.Switches;

/// <summary>Payments of one counted line with their forecast route.</summary>
public sealed record ForecastRoute(DispositionCountLine Line, Route Route, long Count, long AmountMinor);

/// <summary>Current use of the ceilings.</summary>
/// <param name="Counters">By name (<see cref="Counters"/>).</param>
/// <param name="Allocated">How many allocations this cycle's obligations have, by row, channel and day.</param>
public sealed record CeilingCapacity(IReadOnlyDictionary<string, UsedAmount> Counters,
    IReadOnlyDictionary<(string Row, string Channel, DateOnly Day), long> Allocated)
{
    public static readonly CeilingCapacity Unused = new(
        new Dictionary<string, UsedAmount>(), new Dictionary<(string, string, DateOnly), long>());
}

/// <summary>
/// Forecasts the routes of counted payments. Without ceilings, one payment per line is routed and represents the line.
/// With ceilings, every payment is routed in turn by the real router, against a copy of the counters.
/// </summary>
/// <param name="facts">The routing facts under the switch.</param>
/// <param name="terms">With a time, or without one to ignore opening hours.</param>
public sealed class RouteForecast(SwitchScope scope, RoutingFacts facts, RouteTerms terms, CeilingCapacity capacity)
{
    /// <summary>The route of each line, ignoring used ceilings. A vote is bound to it.</summary>
    public IEnumerable<(DispositionCountLine Line, Route Route)> RoutesIgnoringCeilings(DispositionCount count)
    {
        var router = RouterOver(CeilingUsage.None);
        return count.Lines.Select(line => (line, router.RouteIgnoringCeilings(Standing(line, default, 0))));
    }

    /// <param name="count">The counted lines.</param>
    /// <param name="first">Whether a line can move at once. The other lines come after it, if ever.</param>
    /// <param name="which">Selects the lines.</param>
    public IReadOnlyList<ForecastRoute> Of(DispositionCount count, Func<DispositionCountLine, bool> which,
        Func<DispositionCountLine, bool> first)
    {
        var plain = RouterOver(CeilingUsage.None);
        var asked = count.Lines.Select(which).ToArray();
        var limited =
            count.Lines.Select(
                (line, index) => asked[index]
                    ? plain.RowOf(line.Area, Word.Of(line.Instrument)) is { Ceilings: not null } row ? row : null
                    : null).ToArray();
        List<ForecastRoute> foreseen =
        [
            .. count.Lines.Where((_, index) => asked[index] && limited[index] is null)
                .Select(line => new ForecastRoute(
                    line, plain.Route(Standing(line, default, 0)), line.Payments, line.AmountMinor)),
        ];
        if (limited.Any(row => row is not null))
        {
            foreseen.AddRange(InTurn(count, limited, first));
        }

        return foreseen;
    }

    /// <summary>The lines whose next payment has a route within the current capacity.</summary>
    public HashSet<DispositionCountLine> Reached(IEnumerable<DispositionCountLine> lines) =>
        [.. lines.Where(
            line => RouterOver(new CeilingUsage(capacity.Counters, []))
                .Route(Standing(line, StandIn(0), Each(line))).Channel is not null)];

    /// <summary>Routes the payments under a ceiling one by one, in the order in which Payments asks.</summary>
    private IEnumerable<ForecastRoute> InTurn(
        DispositionCount count, TableRow?[] limited, Func<DispositionCountLine, bool> first)
    {
        var order =
            (count.Order ?? Enumerable.Range(0, count.Lines.Count)
                .SelectMany(index => Enumerable.Repeat(index, (int)count.Lines[index].Payments)))
            .Where(index => limited[index] is not null).ToList();
        var early = count.Lines.Select(first).ToArray();
        var turns = order.Where(index => early[index]).Concat(order.Where(index => !early[index]))
            .Select((index, turn) => (Index: index,
                Row: Standing(count.Lines[index], StandIn(turn), Each(count.Lines[index])))).ToList();
        var router = RouterOver(new CeilingUsage(capacity.Counters, Former(count, limited, turns)));
        var sums = new Dictionary<(int Line, string? Channel, RouteReason Reason), (Route Route, long Count,
            long Minor)>();
        foreach (var (index, row) in turns)
        {
            var route = router.Route(row);
            var key = (index, route.Channel?.Code, route.Reason);
            var sum = sums.TryGetValue(key, out var known) ? known : (Route: route, Count: 0L, Minor: 0L);
            sums[key] = (sum.Route, sum.Count + 1, sum.Minor + row.AmountMinor);
        }

        return sums.Select(
            sum => new ForecastRoute(count.Lines[sum.Key.Line], sum.Value.Route, sum.Value.Count, sum.Value.Minor));
    }

    /// <summary>The allocations of these payments. Each is given back when its payment is routed.</summary>
    private List<CeilingAllocation> Former(DispositionCount count, TableRow?[] limited,
        List<(int Index, ChunkRow Row)> turns)
    {
        var left = capacity.Allocated.OrderByDescending(allocated => allocated.Key.Day)
            .GroupBy(allocated => (allocated.Key.Row, allocated.Key.Channel))
            .ToDictionary(
            allocated => allocated.Key,
            allocated => new Stack<DateOnly>(
                allocated.SelectMany(day => Enumerable.Repeat(day.Key.Day, (int)day.Value)).Reverse()));
        List<CeilingAllocation> former = [];
        var rules = limited.Select(row => row?.ToString()).ToArray();
        foreach (var (index, row) in turns)
        {
            var (rule, channel) = (rules[index]!, count.Lines[index].Channel);
            if (left.TryGetValue((rule, channel), out var days) && days.TryPop(out var day))
            {
                former.Add(
                    new CeilingAllocation(row.Obligation, row.Instruction,
                        new Counters(rule, channel, scope.CycleId, day), row.AmountMinor));
            }
        }

        return former;
    }

    private ChunkRouter RouterOver(CeilingUsage usage) => new(facts, scope.Programme, scope.CycleId, terms, usage);

    private static ChunkRow Standing(DispositionCountLine line, ObligationId standIn, long amountMinor) => new(
        new InstructionId(standIn.Value), line.Named ?? standIn, line.Area, Word.Of(line.Instrument),
        line.FundingSource.Length == 0 ? null : line.FundingSource, amountMinor)
    {
        Points = line.Drawn(),
    };

    private static long Each(DispositionCountLine line) => line.Payments == 0 ? 0 : line.AmountMinor / line.Payments;

    /// <summary>Ids that no real obligation has, because real ids are UUIDs of version 7.</summary>
    private static ObligationId StandIn(int turn) => new(new Guid(turn, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1));
}
