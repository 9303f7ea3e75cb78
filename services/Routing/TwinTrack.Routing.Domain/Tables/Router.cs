using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;

namespace TwinTrack.Routing.Domain.Tables;

/// <param name="Currency">ISO 4217 of the programme; null while nobody has said it.</param>
public sealed record RouteRequest(string Programme, CycleId CycleId, string Area, Instrument Instrument, string? Currency);

/// <summary>What a switch does to the routes of one cycle: what would go to one of the channels left goes to the other track.</summary>
/// <param name="Areas">Empty means all.</param>
public sealed record Overlay(SwitchId SwitchId, string Programme, CycleId CycleId, IReadOnlySet<string> Areas, IReadOnlySet<string> From, int ToTrack)
{
    public bool Covers(RouteRequest request) =>
        request.Programme == Programme && request.CycleId == CycleId && (Areas.Count == 0 || Areas.Contains(request.Area));
}

/// <param name="Channel">Null when no channel reaches this household now.</param>
/// <param name="Why">One line for the payment's story.</param>
/// <param name="SwitchId">The switch that led here; null on the ordinary route.</param>
public sealed record Route(RouteChannel? Channel, string Why, SwitchId? SwitchId = null);

/// <summary>Which way. Pure: the same question over the same facts has one answer.</summary>
public static class Router
{
    /// <param name="request">Who is to be paid, and into what.</param>
    /// <param name="table">The version in force.</param>
    /// <param name="channels">By code.</param>
    /// <param name="overlays">Active ones, oldest first: a later one decides over what an earlier one led to.</param>
    public static Route Route(
        RouteRequest request, RoutingTable table, IReadOnlyDictionary<string, RouteChannel> channels, IReadOnlyList<Overlay> overlays)
    {
        if (table.RowFor(request) is not { } row)
        {
            return new Route(null, $"no rule for {request.Area} × {request.Programme} × {Word.Of(request.Instrument)}");
        }

        var able = row.Channels.Select(code => channels.GetValueOrDefault(code)).OfType<RouteChannel>().Where(channel => channel.Takes(request)).ToList();
        var home = able.Where(channel => channel.Track == Track.Government).ToList();
        foreach (var candidate in home)
        {
            if (Moved(request, candidate, able, overlays) is { } moved)
            {
                return moved;
            }

            if (!candidate.Held)
            {
                return new Route(candidate, $"rule {row} → {candidate.Code}{(candidate.Paused ? " (paused)" : "")}");
            }
        }

        return new Route(null, home.Count > 0 ? $"channel closed: {home[0].Code} is fenced by a switch" : NoneOn(Track.Government, request));
    }

    /// <summary>Follows the overlays from this channel; null when none leaves it.</summary>
    private static Route? Moved(RouteRequest request, RouteChannel from, List<RouteChannel> able, IReadOnlyList<Overlay> overlays)
    {
        RouteChannel? at = from;
        Overlay? by = null;
        foreach (var overlay in overlays)
        {
            // A return also brings back those whom the earlier switch could not reach.
            var leaves = at is null ? overlay.ToTrack == Track.Government : overlay.From.Contains(at.Code);
            if (leaves && overlay.Covers(request))
            {
                at = able.FirstOrDefault(channel => channel.Track == overlay.ToTrack && !channel.Held && !overlay.From.Contains(channel.Code));
                by = overlay;
            }
        }

        return by is null ? null : new Route(
            at,
            at is null ? $"{NoneOn(by.ToTrack, request)} (switch {by.SwitchId})" : $"switch {by.SwitchId} moves {request.Area} to track {by.ToTrack}: {at.Code}",
            by.SwitchId);
    }

    private static string NoneOn(int track, RouteRequest request) =>
        $"no channel of track {track} covers {request.Area} for {Word.Of(request.Instrument)}";
}
