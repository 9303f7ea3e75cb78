using System.Collections.Frozen;
using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;

namespace TwinTrack.Routing.Domain.Tables;

/// <param name="Instrument">The wire's word.</param>
public readonly record struct ChunkRow(InstructionId Instruction, ObligationId Obligation, string Area,
    string Instrument, string? FundingSource, long AmountMinor)
{
    /// <summary>Draw of an obligation that represents others; null uses its own draw.</summary>
    public ObligationDraw? Points { get; init; }
}

/// <summary>
/// Routes many payments of one programme and cycle. Equal questions are answered once. Two questions are equal when
/// table, rules and switches cannot tell them apart.
/// </summary>
/// <param name="terms">With the current time.</param>
public sealed class ChunkRouter(RoutingFacts facts, string programme, CycleId cycle, RouteTerms terms,
    CeilingUsage usage)
{
    private readonly bool _funding = terms.Rules.LooksAtFunding;
    private readonly int[]? _pilots = Parts([.. facts.Overlays.Select(overlay => overlay.PilotPercent).OfType<int>()]);
    private readonly Dictionary<(string, string), (TableRow? Rule, int[]? Shares)> _rows = [];
    private readonly Dictionary<Question, Route> _cached = [];
    private readonly Dictionary<(TableRow, string), Counters> _counters = [];

    /// <param name="Share">The part of the row's share draw.</param>
    /// <param name="Pilot">The part of the switches' pilot draw.</param>
    /// <param name="Full">Codes of the channels at their ceiling, in order; null for none.</param>
    private readonly record struct Question(string Area, string Instrument, string? Funding, int Share, int Pilot,
        string? Former, string? Full);

    /// <summary>The route as if no ceiling were reached.</summary>
    public Route RouteIgnoringCeilings(ChunkRow row) =>
        CachedRoute(row, RowAndShares(row.Area, row.Instrument).Shares, null, []);

    public Route Route(ChunkRow row)
    {
        var (rule, shares) = RowAndShares(row.Area, row.Instrument);
        if (rule?.Ceilings is null)
        {
            return CachedRoute(row, shares, null, []);
        }

        var former = usage.GiveBack(row.Obligation);
        var previous = former?.Instruction == row.Instruction ? former.Under.Channel : null;
        List<string> full = [];
        while (true)
        {
            var route = CachedRoute(row, shares, previous, full);
            if (route.Channel is null || !rule.Ceilings.TryGetValue(route.Channel.Code, out var ceiling))
            {
                return route;
            }

            var allocation = new CeilingAllocation(
                row.Obligation, row.Instruction, CountersOf(rule, route.Channel.Code), row.AmountMinor);
            if (usage.Fits(ceiling, allocation))
            {
                usage.Allocate(allocation);
                return route;
            }

            full.Add(route.Channel.Code);
        }
    }

    /// <summary>The table's row of an area and instrument; null without one.</summary>
    public TableRow? RowOf(string area, string instrument) => RowAndShares(area, instrument).Rule;

    private Counters CountersOf(TableRow rule, string channel)
    {
        if (!_counters.TryGetValue((rule, channel), out var counters))
        {
            _counters.Add((rule, channel), counters = new Counters(rule.ToString(), channel, cycle, terms.Day));
        }

        return counters;
    }

    private (TableRow? Rule, int[]? Shares) RowAndShares(string area, string instrument)
    {
        if (!_rows.TryGetValue((area, instrument), out var found))
        {
            var rule =
                facts.Table.RowFor(new RouteRequest(programme, cycle, area, InstrumentOf(instrument), facts.Currency));
            found = (rule, rule?.Shares is null ? null : Parts(facts.BoundariesOf(rule)));
            _rows.Add((area, instrument), found);
        }

        return found;
    }

    /// <summary>For each point, the start of its part; null without any boundary.</summary>
    private static int[]? Parts(List<int> cuts) =>
        cuts.Count == 0 ? null : [.. Enumerable.Range(0, Draws.Points).Select(point => Draws.PartOf(point, cuts))];

    private Route CachedRoute(ChunkRow row, int[]? shares, string? former, List<string> full)
    {
        var points = row.Points ?? (shares is null && _pilots is null ? default : ObligationDraw.Of(row.Obligation));
        var question = new Question(
            row.Area,
            row.Instrument,
            _funding ? row.FundingSource : null,
            shares?[points.Share] ?? 0,
            _pilots?[points.Pilot] ?? 0,
            former,
            full.Count == 0 ? null : string.Join(' ', full));
        if (!terms.Rules.Names(row.Obligation))
        {
            if (!_cached.TryGetValue(question, out var route))
            {
                route = ComputeRoute(row, points, former, full);
                _cached.Add(question, route);
            }

            return route;
        }

        return ComputeRoute(row, points, former, full);
    }

    private Route ComputeRoute(ChunkRow row, ObligationDraw points, string? former, List<string> full) => facts.Route(
        new RouteRequest(programme, cycle, row.Area, InstrumentOf(row.Instrument),
            facts.Currency)
        { FundingSource = row.FundingSource, Obligation = row.Obligation, Points = points },
        terms with { Former = former, Full = full.Count == 0 ? FrozenSet<string>.Empty : full.ToHashSet() });

    private static Instrument InstrumentOf(string word) =>
        Word.Read<Instrument>(word)
            ?? throw new FormatException($"'{word}' is not an instrument; one of {Word.All<Instrument>()}.");
}
