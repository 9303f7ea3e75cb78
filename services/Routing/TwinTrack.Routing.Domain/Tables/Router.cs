using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;

namespace TwinTrack.Routing.Domain.Tables;

/// <param name="Currency">ISO 4217 of the programme; null while nobody has said it.</param>
public sealed record RouteRequest(string Programme, CycleId CycleId, string Area, Instrument Instrument, string? Currency)
{
    /// <summary>Who pays for it; null asks what would be for unrestricted money.</summary>
    public string? FundingSource { get; init; }

    /// <summary>Null asks about nobody in particular: the row's first channel stands for its shares, and no pilot has begun.</summary>
    public ObligationId? Obligation { get; init; }
}

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
public sealed record Route(RouteChannel? Channel, string Why, SwitchId? SwitchId = null)
{
    /// <summary>In one word, to group by.</summary>
    public required RouteReason Reason { get; init; }

    /// <summary>Channels of the row that were looked at and not taken, in the row's order.</summary>
    public IReadOnlyList<Passed> Passed { get; init; } = [];
}

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
            return new Route(null, $"no rule for {request.Area} × {request.Programme} × {Word.Of(request.Instrument)}") { Reason = RouteReason.NoRule };
        }

        return new Question(request, row, [.. row.Channels.Select(code => channels.GetValueOrDefault(code)).OfType<RouteChannel>()], overlays).Answer();
    }

    /// <summary>One question while it is being answered: it notes whom it passes over.</summary>
    private sealed class Question(RouteRequest request, TableRow row, List<RouteChannel> channels, IReadOnlyList<Overlay> overlays)
    {
        private readonly List<Passed> _passed = [];

        public Route Answer()
        {
            RouteChannel? fenced = null;
            foreach (var candidate in channels.Where(channel => channel.Track == Track.Government))
            {
                if (Mismatch(candidate) is { } mismatch)
                {
                    _passed.Add(mismatch);
                    continue;
                }

                if (Moved(candidate) is { } moved)
                {
                    return moved;
                }

                if (!candidate.Held)
                {
                    return Told(candidate, $"rule {row} → {candidate.Code}{(candidate.Paused ? " (paused)" : "")}", null, RouteReason.Rule);
                }

                fenced ??= candidate;
                _passed.Add(new Passed(candidate.Code, RouteReason.Fenced));
            }

            return fenced is null
                ? Told(null, NoneOn(Track.Government), null, Furthest())
                : Told(null, $"channel closed: {fenced.Code} is fenced by a switch", null, RouteReason.Fenced);
        }

        /// <summary>Follows the overlays from this channel; null when none leaves it.</summary>
        private Route? Moved(RouteChannel from)
        {
            RouteChannel? at = from;
            Overlay? by = null;
            foreach (var overlay in overlays)
            {
                // A return also brings back those whom the earlier switch could not reach.
                var leaves = at is null ? overlay.ToTrack == Track.Government : overlay.From.Contains(at.Code);
                if (leaves && overlay.Covers(request))
                {
                    _passed.Clear();
                    (at, by) = (Target(overlay), overlay);
                }
            }

            return by is null ? null
                : at is null ? Told(null, $"{NoneOn(by.ToTrack)} (switch {by.SwitchId})", by.SwitchId, Furthest())
                : Told(at, $"switch {by.SwitchId} moves {request.Area} to track {by.ToTrack}: {at.Code}", by.SwitchId, RouteReason.Switch);
        }

        private RouteChannel? Target(Overlay overlay)
        {
            foreach (var channel in channels.Where(channel => channel.Track == overlay.ToTrack && !overlay.From.Contains(channel.Code)))
            {
                var no = Mismatch(channel) ?? (channel.Held ? new Passed(channel.Code, RouteReason.Fenced) : null);
                if (no is null)
                {
                    return channel;
                }

                _passed.Add(no);
            }

            return null;
        }

        private Passed? Mismatch(RouteChannel channel) => channel.Mismatch(request) is { } reason ? new Passed(channel.Code, reason) : null;

        private RouteReason Furthest() => _passed.Count == 0 ? RouteReason.NoChannel : _passed.Max(passed => passed.Reason);

        private Route Told(RouteChannel? channel, string why, SwitchId? by, RouteReason reason) =>
            new(channel, _passed.Count == 0 ? why : $"{why} [{string.Join(' ', _passed)}]", by) { Reason = reason, Passed = [.. _passed] };

        private string NoneOn(int track) => $"no channel of track {track} covers {request.Area} for {Word.Of(request.Instrument)}";
    }
}
