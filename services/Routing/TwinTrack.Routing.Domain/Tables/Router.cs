using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Rules;

namespace TwinTrack.Routing.Domain.Tables;

/// <param name="Currency">ISO 4217 of the programme; null while unknown.</param>
public sealed record RouteRequest(string Programme, CycleId CycleId, string Area, Instrument Instrument,
    string? Currency)
{
    /// <summary>The funding source; null asks about unrestricted money.</summary>
    public string? FundingSource { get; init; }

    /// <summary>The obligation, which a rule may name; null for none.</summary>
    public ObligationId? Obligation { get; init; }

    /// <summary>
    /// Its points in the share and pilot draws. Null asks about no particular obligation. Then the row's first channel
    /// is used, and a pilot counts as a whole switch.
    /// </summary>
    public ObligationDraw? Points { get; init; }
}

/// <summary>
/// The effect of a switch on the routes of one cycle. Payments for the channels that it leaves go to the other track.
/// </summary>
/// <param name="Areas">Empty means all.</param>
/// <param name="From">
/// The channels that it leaves. Empty means none: it leads to Track 2 what no channel of Track 1 covers.
/// </param>
public sealed record Overlay(SwitchId SwitchId, string Programme, CycleId CycleId, IReadOnlySet<string> Areas,
    IReadOnlySet<string> From, int ToTrack)
{
    /// <summary>How many of a hundred obligations it moves, by a fixed draw; null moves all.</summary>
    public int? PilotPercent { get; init; }

    public bool Covers(RouteRequest request) =>
        request.Programme == Programme
        && request.CycleId == CycleId
        && (Areas.Count == 0 || Areas.Contains(request.Area))
        && (PilotPercent is null || request.Points is not { } points || points.Pilot < PilotPercent);
}

/// <summary>What the router uses besides table, channels and switches.</summary>
/// <param name="Day">Today, UTC.</param>
public sealed record RouteTerms(RuleSet Rules, DateOnly Day)
{
    /// <summary>While nobody has set any rule.</summary>
    public static readonly RouteTerms None = new(RuleSet.Empty, default);

    /// <summary>Now; null for a forecast that ignores opening hours.</summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>Channels whose ceiling has no room for this payment.</summary>
    public IReadOnlySet<string> Full { get; init; } = System.Collections.Frozen.FrozenSet<string>.Empty;

    /// <summary>
    /// Of the switches that are stopping their scope and do not route yet. What they cover waits for them, because
    /// another channel of the same track is not what was voted.
    /// </summary>
    public IReadOnlyList<Overlay> Leaving { get; init; } = [];

    /// <summary>Suspensions in force. What they cover has no route over their track.</summary>
    public IReadOnlyList<SuspendedScope> Suspended { get; init; } = [];

    /// <summary>The channel of the former answer to this question. It is tried first.</summary>
    public string? Former { get; init; }
}

/// <param name="Channel">Null when no channel reaches this household now.</param>
/// <param name="Why">One line for the payment's history.</param>
/// <param name="SwitchId">The switch that chose the route; null on an ordinary route.</param>
public sealed record Route(RouteChannel? Channel, string Why, SwitchId? SwitchId = null)
{
    /// <summary>In one word, to group by.</summary>
    public required RouteReason Reason { get; init; }

    /// <summary>Channels of the row that were checked and skipped, in the row's order.</summary>
    public IReadOnlyList<SkippedChannel> Passed { get; init; } = [];

    /// <summary>The table's row that was followed; null without one.</summary>
    public TableRow? Row { get; init; }
}

/// <summary>Finds the route of a payment. Pure: the same question over the same facts has one answer.</summary>
public static class Router
{
    /// <param name="request">Who is to be paid, and into what.</param>
    /// <param name="table">The version in force.</param>
    /// <param name="channels">By code.</param>
    /// <param name="overlays">
    /// Active overlays, oldest first. The latest that covers the payment speaks (<see cref="SpeakingDecision"/>).
    /// </param>
    /// <param name="terms">Rules, hours and ceilings; null for none.</param>
    public static Route Route(
        RouteRequest request,
        RoutingTable table,
        IReadOnlyDictionary<string, RouteChannel> channels,
        IReadOnlyList<Overlay> overlays,
        RouteTerms? terms = null)
    {
        if (table.RowFor(request) is not { } row)
        {
            return new Route(null, $"no rule for {request.Area} × {request.Programme} × {Word.Of(request.Instrument)}")
            { Reason = RouteReason.NoRule };
        }

        return new RouteQuestion(request, row,
            [.. row.Channels.Select(code => channels.GetValueOrDefault(code)).OfType<RouteChannel>()], overlays,
            terms ?? RouteTerms.None).Answer();
    }
}
