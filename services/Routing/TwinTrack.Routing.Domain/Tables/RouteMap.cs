using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;

namespace TwinTrack.Routing.Domain.Tables;

/// <summary>Everything the router needs, read once and asked for many rows.</summary>
/// <param name="Overlays">Of the programme and cycle, oldest first.</param>
/// <param name="Currency">ISO 4217 of the programme; null while it has no protocol.</param>
public sealed record RouteMap(
    RoutingTable Table, IReadOnlyDictionary<string, RouteChannel> Channels, IReadOnlyList<Overlay> Overlays, string? Currency, IReadOnlyDictionary<string, string> Providers)
{
    /// <summary>Rules, as they are today.</summary>
    public RouteTerms Terms { get; init; } = RouteTerms.None;

    public required IReadOnlySet<string> CanRecall { get; init; }

    public required IReadOnlyDictionary<string, int> CapacityPerHour { get; init; }

    /// <summary>What each channel's provider takes, and until when it may still pay.</summary>
    public IReadOnlyDictionary<string, ChannelCost> Costs { get; init; } = new Dictionary<string, ChannelCost>();

    public static RouteMap Of(RoutingTable table, IReadOnlyCollection<Channel> channels, IReadOnlyList<Overlay> overlays, string? currency) =>
        new(table, channels.ToDictionary(channel => channel.Code, channel => channel.AsRoute()), overlays, currency, channels.ToDictionary(channel => channel.Code, channel => channel.Provider))
        {
            CanRecall = channels.Where(channel => channel.Recall).Select(channel => channel.Code).ToHashSet(),
            CapacityPerHour = channels.ToDictionary(channel => channel.Code, channel => channel.CapacityPerHour),
            Costs = channels.ToDictionary(channel => channel.Code, channel => new ChannelCost(channel.FeeMinor, channel.FeeBasisPoints, TimeSpan.FromHours(channel.ValidityHours))),
        };

    /// <summary>What would be for an unrestricted payment of nobody in particular, whatever the hour and however much has gone there: what is rehearsed and hashed.</summary>
    public Route Route(string programme, CycleId cycleId, string area, Instrument instrument) =>
        Route(new RouteRequest(programme, cycleId, area, instrument, Currency), Terms);

    public Route Route(RouteRequest request, RouteTerms terms) => Router.Route(request, Table, Channels, Overlays, terms);

    public string ProviderOf(string channel) => Providers.GetValueOrDefault(channel, channel);

    /// <summary>The map as it would be once this switch routes: the channels it leaves fenced, those it reopens open.</summary>
    public RouteMap Under(Overlay overlay, IReadOnlySet<string> reopened) => this with
    {
        Channels = Channels.Values.ToDictionary(
            channel => channel.Code,
            channel => overlay.From.Contains(channel.Code) ? channel with { Held = true }
                : reopened.Contains(channel.Code) ? channel with { Held = false }
                : channel),
        Overlays = [.. Overlays.Where(other => other.SwitchId != overlay.SwitchId), overlay],
    };
}
