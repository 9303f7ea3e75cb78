using System.Collections.Frozen;
using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;

namespace TwinTrack.Routing.Domain.Tables;

/// <param name="Instrument">The wire's word.</param>
public readonly record struct ChunkRow(InstructionId Instruction, ObligationId Obligation, string Area, string Instrument, string? FundingSource, long AmountMinor);

/// <summary>
/// Routes many payments of one programme and cycle. Each different question is thought about once; what makes two questions different is only what the
/// table, the rules and the switches look at.
/// </summary>
/// <param name="terms">With the time that it is.</param>
public sealed class ChunkRouter(RouteMap map, string programme, CycleId cycle, RouteTerms terms, Takings takings)
{
    private readonly bool _funding = terms.Book.LooksAtFunding;
    private readonly int[]? _pilots = Parts([.. map.Overlays.Select(overlay => overlay.PilotPercent).OfType<int>()]);
    private readonly Dictionary<(string, string), (TableRow? Rule, int[]? Shares)> _rows = [];
    private readonly Dictionary<Question, Route> _known = [];

    /// <param name="Share">Which of the parts that the row's shares cut a hundred into.</param>
    /// <param name="Pilot">The same of the switches' pilots.</param>
    /// <param name="Full">Codes of the channels without room, in order; null for none.</param>
    private readonly record struct Question(string Area, string Instrument, string? Funding, int Share, int Pilot, string? Former, string? Full);

    public Route Route(ChunkRow row)
    {
        var (rule, shares) = Looked(row.Area, row.Instrument);
        if (rule?.Ceilings is null)
        {
            return Known(row, shares, null, []);
        }

        var former = takings.GiveBack(row.Obligation);
        var asked = former?.Instruction == row.Instruction ? former.Channel : null;
        List<string> full = [];
        while (true)
        {
            var route = Known(row, shares, asked, full);
            if (route.Channel is null || !rule.Ceilings.TryGetValue(route.Channel.Code, out var ceiling))
            {
                return route;
            }

            var take = new Take(row.Obligation, row.Instruction, rule.ToString(), route.Channel.Code, cycle, terms.Day, row.AmountMinor);
            if (takings.Fits(ceiling, take))
            {
                takings.Hold(take);
                return route;
            }

            full.Add(route.Channel.Code);
        }
    }

    /// <summary>The table's row of an area and instrument; null without one.</summary>
    public TableRow? RowOf(string area, string instrument) => Looked(area, instrument).Rule;

    private (TableRow? Rule, int[]? Shares) Looked(string area, string instrument)
    {
        if (!_rows.TryGetValue((area, instrument), out var looked))
        {
            var rule = map.Table.RowFor(new RouteRequest(programme, cycle, area, InstrumentOf(instrument), map.Currency));
            looked = (rule, rule?.Shares is null ? null : Parts(Cuts(rule)));
            _rows.Add((area, instrument), looked);
        }

        return looked;
    }

    /// <summary>Where the shares of each track end: between two ends every obligation is drawn alike.</summary>
    private List<int> Cuts(TableRow rule)
    {
        var ends = new Dictionary<int, int>();
        List<int> cuts = [];
        foreach (var channel in rule.Channels.Select(code => map.Channels.GetValueOrDefault(code)).OfType<RouteChannel>())
        {
            ends[channel.Track] = ends.GetValueOrDefault(channel.Track) + rule.Shares!.GetValueOrDefault(channel.Code);
            cuts.Add(ends[channel.Track]);
        }

        return cuts;
    }

    /// <summary>For each of a hundred points, how many cuts lie at or before it; null without any.</summary>
    private static int[]? Parts(List<int> cuts) => cuts.Count == 0 ? null : [.. Enumerable.Range(0, 100).Select(point => cuts.Count(cut => cut <= point))];

    private Route Known(ChunkRow row, int[]? shares, string? former, List<string> full)
    {
        var question = new Question(
            row.Area,
            row.Instrument,
            _funding ? row.FundingSource : null,
            shares?[Share.Point(row.Obligation, Draw.Share, 100)] ?? 0,
            _pilots?[Share.Point(row.Obligation, Draw.Pilot, 100)] ?? 0,
            former,
            full.Count == 0 ? null : string.Join(' ', full));
        if (!terms.Book.Names(row.Obligation))
        {
            if (!_known.TryGetValue(question, out var route))
            {
                route = Think(row, former, full);
                _known.Add(question, route);
            }

            return route;
        }

        return Think(row, former, full);
    }

    private Route Think(ChunkRow row, string? former, List<string> full) => map.Route(
        new RouteRequest(programme, cycle, row.Area, InstrumentOf(row.Instrument), map.Currency) { FundingSource = row.FundingSource, Obligation = row.Obligation },
        terms with { Former = former, Full = full.Count == 0 ? FrozenSet<string>.Empty : full.ToHashSet() });

    private static Instrument InstrumentOf(string word) =>
        Word.Read<Instrument>(word) ?? throw new FormatException($"'{word}' is not an instrument; one of {Word.All<Instrument>()}.");
}
