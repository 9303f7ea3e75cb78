using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;

namespace TwinTrack.Routing.Domain.Tables;

/// <summary>How payments must be grouped in a count so that each group has one route.</summary>
/// <param name="ShareBoundaries">Points, 1 to 99, at which another share may begin.</param>
/// <param name="PilotBoundaries">The same for pilots.</param>
/// <param name="Obligations">Obligations that a rule names.</param>
/// <param name="WithRowOfEachObligation">Whether order and amounts matter, because there are ceilings.</param>
public sealed record CountGrouping(IReadOnlyList<int> ShareBoundaries, IReadOnlyList<int> PilotBoundaries,
    IReadOnlyCollection<ObligationId> Obligations, bool WithRowOfEachObligation);

/// <summary>Everything the router needs, read once for many rows.</summary>
/// <param name="Overlays">Of the programme and cycle, oldest first.</param>
/// <param name="Currency">ISO 4217 of the programme; null while it has no protocol.</param>
public sealed record RoutingFacts(
    RoutingTable Table, IReadOnlyDictionary<string, RouteChannel> Channels, IReadOnlyList<Overlay> Overlays,
    string? Currency, IReadOnlyDictionary<string, string> Providers)
{
    /// <summary>Rules, as they are today.</summary>
    public RouteTerms Terms { get; init; } = RouteTerms.None;

    public required IReadOnlySet<string> CanRecall { get; init; }

    public required IReadOnlyDictionary<string, int> CapacityPerHour { get; init; }

    /// <summary>The fees of each channel's provider, and how long it may still pay.</summary>
    public IReadOnlyDictionary<string, ChannelCost> Costs { get; init; } = new Dictionary<string, ChannelCost>();

    public static RoutingFacts Of(RoutingTable table, IReadOnlyCollection<Channel> channels,
        IReadOnlyList<Overlay> overlays, string? currency) =>
        new(table, channels.ToDictionary(channel => channel.Code, channel => channel.AsRoute()), overlays, currency,
            channels.ToDictionary(channel => channel.Code, channel => channel.Provider))
        {
            CanRecall = channels.Where(channel => channel.Abilities is { Recall: true }).Select(channel => channel.Code)
                .ToHashSet(),
            CapacityPerHour = channels.ToDictionary(channel => channel.Code, channel => channel.CapacityPerHour),
            Costs = channels.ToDictionary(channel => channel.Code,
                channel => new ChannelCost(channel.FeeMinor, channel.FeeBasisPoints,
                    channel.Abilities?.Validity ?? TimeSpan.Zero)),
        };

    /// <summary>
    /// The route of an unrestricted payment of no particular obligation, ignoring opening hours and used ceilings.
    /// </summary>
    public Route Route(string programme, CycleId cycleId, string area, Instrument instrument) =>
        Route(new RouteRequest(programme, cycleId, area, instrument, Currency), Terms);

    /// <summary>
    /// Where the shares of a row end, on each of its tracks. Obligations between two ends have the same draw.
    /// </summary>
    public List<int> BoundariesOf(TableRow rule)
    {
        var ends = new Dictionary<int, int>();
        List<int> cuts = [];
        foreach (var channel in rule.Channels.Select(code => Channels.GetValueOrDefault(code)).OfType<RouteChannel>())
        {
            ends[channel.Track] = ends.GetValueOrDefault(channel.Track)
                + (rule.Shares?.GetValueOrDefault(channel.Code) ?? 0);
            cuts.Add(ends[channel.Track]);
        }

        return cuts;
    }

    /// <summary>The properties of a payment that can change its route, for grouping the counts.</summary>
    /// <param name="programme">Only rows that may apply to it are looked at.</param>
    public CountGrouping GroupingFor(string programme)
    {
        var rows = Table.Rows.Where(row => row.Programme is TableRow.Any || row.Programme == programme).ToList();
        return new CountGrouping(
            Inner(rows.Where(row => row.Shares is not null).SelectMany(BoundariesOf)),
            Inner(Overlays.Select(overlay => overlay.PilotPercent).OfType<int>()),
            Terms.Rules.Named,
            rows.Exists(row => row.Ceilings is not null));
    }

    private static List<int> Inner(IEnumerable<int> cuts) =>
        [.. cuts.Where(cut => cut is > 0 and < Draws.Points).Distinct().Order()];

    public Route Route(RouteRequest request, RouteTerms terms) =>
        Router.Route(request, Table, Channels, Overlays, terms);

    public string ProviderOf(string channel) => Providers.GetValueOrDefault(channel, channel);

    /// <summary>The routing facts while this switch routes.</summary>
    public RoutingFacts Under(Overlay overlay) => this with
    {
        Overlays = [.. Overlays.Where(other => other.SwitchId != overlay.SwitchId), overlay],
        Terms = Terms with { Leaving = [.. Terms.Leaving.Where(other => other.SwitchId != overlay.SwitchId)] },
    };
}
