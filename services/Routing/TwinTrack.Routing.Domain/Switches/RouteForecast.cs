using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Routing.Domain.Switches;

/// <summary>Some payments of one counted line, and the way they would go.</summary>
public sealed record ForecastRoute(DispositionCountLine Line, Route Route, long Count, long AmountMinor);

/// <summary>Room under the ceilings, as it is.</summary>
/// <param name="Counters">By name (<see cref="Counters"/>).</param>
/// <param name="Held">How much of it this cycle's obligations hold, by row, channel and day.</param>
public sealed record CeilingCapacity(IReadOnlyDictionary<string, UsedAmount> Counters,
    IReadOnlyDictionary<(string Row, string Channel, DateOnly Day), long> Held)
{
    public static readonly CeilingCapacity Unused = new(
        new Dictionary<string, UsedAmount>(), new Dictionary<(string, string, DateOnly), long>());
}

/// <summary>
/// What the router would answer for payments that were only counted. Where no ceiling is met, one of a line stands for
/// all of it; under a ceiling each is asked for in its turn, by the very router that will be asked, over room that is
/// only imagined.
/// </summary>
/// <param name="map">As it would be.</param>
/// <param name="terms">With the time, or without for whatever the hour.</param>
public sealed class RouteForecast(SwitchScope scope, RoutingFacts map, RouteTerms terms, CeilingCapacity room)
{
    /// <summary>The way of each line, whatever has gone there: what a vote is bound to.</summary>
    public IEnumerable<(DispositionCountLine Line, Route Route)> Ways(DispositionCount count)
    {
        var router = RouterOver(CeilingUsage.None);
        return count.Lines.Select(line => (line, router.Way(Standing(line, default, 0))));
    }

    /// <param name="count">What stands where.</param>
    /// <param name="first">Whether a line is free to go at once; the others come after those, if ever.</param>
    /// <param name="which">Of which lines.</param>
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

    /// <summary>The lines of which the next payment has a way, with the room that there is.</summary>
    public HashSet<DispositionCountLine> Reached(IEnumerable<DispositionCountLine> lines) =>
        [.. lines.Where(
            line => RouterOver(new CeilingUsage(room.Counters, []))
                .Route(Standing(line, StandIn(0), Each(line))).Channel is not null)];

    /// <summary>Those who meet a ceiling, one after another as Payments asks for them.</summary>
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
        var router = RouterOver(new CeilingUsage(room.Counters, Former(count, limited, turns)));
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

    /// <summary>The room that those asked for hold where they are now: it is given back as they go.</summary>
    private List<CeilingAllocation> Former(DispositionCount count, TableRow?[] limited,
        List<(int Index, ChunkRow Row)> turns)
    {
        var left = room.Held.OrderByDescending(held => held.Key.Day).GroupBy(held => (held.Key.Row, held.Key.Channel))
            .ToDictionary(
            held => held.Key,
            held => new Stack<DateOnly>(
                held.SelectMany(day => Enumerable.Repeat(day.Key.Day, (int)day.Value)).Reverse()));
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

    private ChunkRouter RouterOver(CeilingUsage takings) => new(map, scope.Programme, scope.CycleId, terms, takings);

    private static ChunkRow Standing(DispositionCountLine line, ObligationId standIn, long amountMinor) => new(
        new InstructionId(standIn.Value), line.Named ?? standIn, line.Area, Word.Of(line.Instrument),
        line.FundingSource.Length == 0 ? null : line.FundingSource, amountMinor)
    {
        Points = line.Drawn(),
    };

    private static long Each(DispositionCountLine line) => line.Payments == 0 ? 0 : line.AmountMinor / line.Payments;

    /// <summary>Numbers that no obligation has: all of those are of version 7.</summary>
    private static ObligationId StandIn(int turn) => new(new Guid(turn, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1));
}
