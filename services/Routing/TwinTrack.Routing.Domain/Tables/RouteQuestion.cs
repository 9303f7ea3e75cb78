using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Rules;

namespace TwinTrack.Routing.Domain.Tables;

/// <summary>One question while it is answered. Records the skipped channels.</summary>
/// <param name="channels">The row's channels, in its order.</param>
internal sealed class RouteQuestion(RouteRequest request, TableRow row, List<RouteChannel> channels,
    IReadOnlyList<Overlay> overlays, RouteTerms terms)
{
    private readonly List<SkippedChannel> _passed = [];

    public Route Answer()
    {
        var hasHome = false;
        foreach (var candidate in InOrder(Track.Government))
        {
            // The first channel whose limits fit is the payment's home channel. A switch leads away from it even if it
            // could not pay today.
            if (candidate.Mismatch(request) is { } mismatch)
            {
                _passed.Add(new SkippedChannel(candidate.Code, mismatch));
                continue;
            }

            hasHome = true;
            if (Moved(candidate) is { } moved)
            {
                return moved;
            }
            else if (LeftBy(candidate) is { } leaving)
            {
                return Waiting(candidate, leaving);
            }
            else if (Bars(candidate) is { } bar)
            {
                _passed.Add(bar);
            }
            else
            {
                return RouteOf(candidate, $"rule {row} → {candidate.Code}{(candidate.Paused ? " (paused)" : "")}", null,
                    RouteReason.Rule);
            }
        }

        return (hasHome ? null : Moved(null)) ?? Nowhere(Track.Government, null);
    }

    /// <summary>Follows the overlays from this channel. Null when no overlay leaves it.</summary>
    /// <param name="home">Null when no channel of Track 1 covers the payment.</param>
    private Route? Moved(RouteChannel? home)
    {
        var at = home;
        Overlay? by = null;
        foreach (var overlay in overlays)
        {
            // A return also brings back payments that the earlier switch could not reach.
            var leaves = at is not null ? overlay.From.Contains(at.Code)
                : overlay.ToTrack == Track.Government ? by is not null
                : home is null && overlay.From.Count == 0;
            if (leaves && overlay.Covers(request))
            {
                _passed.Clear();
                (at, by) = (Target(home, overlay), overlay);
            }
        }

        return by is null ? null
            : at is null ? Nowhere(by.ToTrack, by)
            : RouteOf(at, Invariant($"switch {by.SwitchId} moves {request.Area} to track {by.ToTrack}: {at.Code}"),
                by.SwitchId,
                RouteReason.Switch);
    }

    private RouteChannel? Target(RouteChannel? home, Overlay overlay)
    {
        foreach (var channel in InOrder(overlay.ToTrack).Where(channel => !overlay.From.Contains(channel.Code)))
        {
            if (Unportable(home, channel) is { } no)
            {
                _passed.Add(no);
            }
            else if (LeftBy(channel) is not null)
            {
                _passed.Add(new SkippedChannel(channel.Code, RouteReason.Leaving));
                return null;
            }
            else
            {
                return channel;
            }
        }

        return null;
    }

    private SkippedChannel? Unportable(RouteChannel? home, RouteChannel channel)
    {
        if (home is null || home.Track == channel.Track)
        {
            return channel.Mismatch(request) is { } own ? new SkippedChannel(channel.Code, own) : Bars(channel);
        }

        return terms.Rules.Ported(home, request.Instrument, channel) is not { } paidAs
            ? new SkippedChannel(channel.Code, RouteReason.NotPortable)
            : channel.Mismatch(request with { Instrument = paidAs }) is { } mismatch
                ? new SkippedChannel(channel.Code, mismatch)
            : Bars(channel);
    }

    /// <summary>
    /// The switch that is leaving this channel and will lead the payment away from it; null without one.
    /// </summary>
    private Overlay? LeftBy(RouteChannel channel) =>
        terms.Leaving.FirstOrDefault(leaving => leaving.From.Contains(channel.Code) && leaving.Covers(request));

    private Route Waiting(RouteChannel left, Overlay leaving)
    {
        _passed.Clear();
        _passed.Add(new SkippedChannel(left.Code, RouteReason.Leaving));
        return Nowhere(Track.Government, leaving);
    }

    /// <summary>Why a channel that could pay must not pay; null when it may.</summary>
    private SkippedChannel? Bars(RouteChannel channel) =>
        channel.Abilities is null ? new SkippedChannel(channel.Code, RouteReason.NotDeclared, channel.Undeclared)
        : terms.Rules.Judge(new RouteCandidate(request, channel, terms.Day))
        ?? (row.OutsideHours == TableRow.Next && terms.Now is { } now && channel.Hours?.IsOpen(now) == false
                ? new SkippedChannel(channel.Code, RouteReason.Hours)
            : terms.Full.Contains(channel.Code)
                ? new SkippedChannel(channel.Code, RouteReason.Ceiling,
                    Limits(row.Ceilings?.GetValueOrDefault(channel.Code)))
            : null);

    /// <summary>
    /// The row's channels of a track. First comes the former channel, or the channel of its share. The others follow in
    /// the row's order.
    /// </summary>
    private IEnumerable<RouteChannel> InOrder(int track)
    {
        var own = channels.Where(channel => channel.Track == track);
        var first = terms.Former ?? Drawn(track);
        return first is null ? own : own.OrderBy(channel => channel.Code == first ? 0 : 1);
    }

    private string? Drawn(int track)
    {
        if (row.Shares is not { } shares || request.Points is not { } points)
        {
            return null;
        }

        var point = points.Share;
        foreach (var channel in channels.Where(channel => channel.Track == track))
        {
            point -= shares.GetValueOrDefault(channel.Code);
            if (point < 0)
            {
                return channel.Code;
            }
        }

        return null;
    }

    private Route Nowhere(int track, Overlay? by)
    {
        var tail = by is null ? "" : $" (switch {by.SwitchId})";
        var reason = _passed.Count == 0 ? RouteReason.NoChannel : _passed.Max(passed => passed.Reason);
        if (reason <= RouteReason.Currency)
        {
            return RouteOf(
                null, Invariant(
                    $"no channel of track {track} covers {request.Area} for {Word.Of(request.Instrument)}{tail}"),
                by?.SwitchId, reason);
        }

        var furthest = _passed.First(passed => passed.Reason == reason);
        return RouteOf(
            null,
            reason == RouteReason.Leaving ? $"waits: {furthest.Channel} is being left{tail}"
                : $"{Word.Of(reason)}: {furthest.Channel}{(furthest.By is null ? "" : $", {furthest.By}")}{tail}",
            by?.SwitchId,
            reason,
            furthest);
    }

    /// <param name="named">Whom <paramref name="why"/> names already.</param>
    private Route RouteOf(RouteChannel? channel, string why, SwitchId? by, RouteReason reason,
        SkippedChannel? named = null)
    {
        var warnings =
            channel is null ? [] : terms.Rules.Warnings(new RouteCandidate(request, channel, terms.Day))
                .Select(warning => $"{channel.Code}:warning({warning})");
        var notes = _passed.Where(passed => passed != named).Select(passed => passed.ToString()).Concat(warnings)
            .ToList();
        return new Route(channel, notes.Count == 0 ? why : $"{why} [{string.Join(' ', notes)}]", by)
        {
            Reason = reason,
            Passed = [.. _passed],
            Row = row
        };
    }

    private static string? Limits(Ceiling? ceiling) => ceiling is null ? null : string.Join(' ', ((string?[])
    [
        Limit(ceiling.CountPerCycle, "a cycle"), Limit(ceiling.MinorPerCycle, "minor units a cycle"),
        Limit(ceiling.CountPerDay, "a day"), Limit(ceiling.MinorPerDay, "minor units a day"),
    ]).OfType<string>());

    private static string? Limit(long? limit, string of) =>
        limit is null ? null : Invariant($"{limit} {of}");
}
