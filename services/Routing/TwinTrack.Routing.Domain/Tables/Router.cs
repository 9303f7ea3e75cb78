using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Rules;

namespace TwinTrack.Routing.Domain.Tables;

/// <param name="Currency">ISO 4217 of the programme; null while nobody has said it.</param>
public sealed record RouteRequest(string Programme, CycleId CycleId, string Area, Instrument Instrument,
    string? Currency)
{
    /// <summary>Who pays for it; null asks what would be for unrestricted money.</summary>
    public string? FundingSource { get; init; }

    /// <summary>Whom a rule may name; null for nobody.</summary>
    public ObligationId? Obligation { get; init; }

    /// <summary>
    /// Where it falls in shares and pilots. Null asks about nobody in particular: the row's first channel stands for
    /// its shares, and a pilot for the whole.
    /// </summary>
    public ObligationDraw? Points { get; init; }
}

/// <summary>
/// What a switch does to the routes of one cycle: what would go to one of the channels left goes to the other track.
/// </summary>
/// <param name="Areas">Empty means all.</param>
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

/// <summary>What is looked at beside table, channels and switches.</summary>
/// <param name="Day">Today, UTC.</param>
public sealed record RouteTerms(RuleSet Book, DateOnly Day)
{
    /// <summary>While nobody has set any rule.</summary>
    public static readonly RouteTerms None = new(RuleSet.Empty, default);

    /// <summary>Now; null where hours do not matter, because it is asked what would be and not where to send.</summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>Channels whose ceiling has no room for this payment.</summary>
    public IReadOnlySet<string> Full { get; init; } = System.Collections.Frozen.FrozenSet<string>.Empty;

    /// <summary>The channel that this same question was answered with before; looked at first.</summary>
    public string? Former { get; init; }
}

/// <param name="Channel">Null when no channel reaches this household now.</param>
/// <param name="Why">One line for the payment's story.</param>
/// <param name="SwitchId">The switch that led here; null on the ordinary route.</param>
public sealed record Route(RouteChannel? Channel, string Why, SwitchId? SwitchId = null)
{
    /// <summary>In one word, to group by.</summary>
    public required RouteReason Reason { get; init; }

    /// <summary>Channels of the row that were looked at and not taken, in the row's order.</summary>
    public IReadOnlyList<SkippedChannel> Passed { get; init; } = [];

    /// <summary>The table's row that was followed; null without one.</summary>
    public TableRow? Row { get; init; }
}

/// <summary>Which way. Pure: the same question over the same facts has one answer.</summary>
public static class Router
{
    /// <param name="request">Who is to be paid, and into what.</param>
    /// <param name="table">The version in force.</param>
    /// <param name="channels">By code.</param>
    /// <param name="overlays">Active ones, oldest first: a later one decides over what an earlier one led to.</param>
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
