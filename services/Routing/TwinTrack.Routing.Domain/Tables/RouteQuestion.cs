using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Rules;

namespace TwinTrack.Routing.Domain.Tables;

/// <summary>
/// One question while it is answered. First the decisions say which of them speaks. Then only that decision's track is
/// asked which of its channels may pay now. Records the skipped channels.
/// </summary>
/// <param name="channels">The row's channels, in its order.</param>
internal sealed class RouteQuestion(RouteRequest request, TableRow row, List<RouteChannel> channels,
    IReadOnlyList<Overlay> overlays, RouteTerms terms)
{
    private readonly SpeakingDecision _decisions = new(request, overlays);
    private readonly List<SkippedChannel> _passed = [];

    public Route Answer()
    {
        // The first channel of Track 1 whose limits fit is the payment's home channel. A decision leads away from it
        // even if it could not pay today.
        var home = InOrder(Track.Government).FirstOrDefault(channel => channel.Mismatch(request) is null);
        return RouteFrom(SpeakingDecision.Table, home);
    }

    /// <summary>The route by the decision that speaks from this position on.</summary>
    /// <param name="home">Null when no channel of Track 1 covers the payment.</param>
    private Route RouteFrom(int position, RouteChannel? home)
    {
        var speaking = _decisions.Speaking(position, at => WouldPay(at, home)?.Code);
        _passed.Clear();
        foreach (var candidate in Candidates(speaking))
        {
            if (Unfit(home, candidate) is { } unfit)
            {
                _passed.Add(unfit);
            }
            else if (_decisions.Onward(speaking, candidate.Code) is { } onward)
            {
                // The channels before it cannot pay, and a later decision has left this one. That decision covers what
                // comes here.
                return RouteFrom(onward, speaking == SpeakingDecision.Table ? candidate : home);
            }
            else if (LeftBy(candidate) is { } leaving)
            {
                return Waiting(new SkippedChannel(candidate.Code, RouteReason.Leaving), leaving);
            }
            else if (Bars(candidate) is { } bar)
            {
                _passed.Add(bar);
            }
            else if (SuspendedBy(candidate) is { } suspended)
            {
                return Waiting(
                    new SkippedChannel(candidate.Code, RouteReason.Suspended, suspended.Id.ToString()),
                    _decisions.At(speaking));
            }
            else
            {
                return RouteOf(candidate, speaking);
            }
        }

        return Nowhere(_decisions.TrackOf(speaking), _decisions.At(speaking));
    }

    private RouteChannel? WouldPay(int position, RouteChannel? home) =>
        Candidates(position).FirstOrDefault(channel => Unfit(home, channel) is null);

    /// <summary>The channels of a position's track, without those that its decision leaves.</summary>
    private IEnumerable<RouteChannel> Candidates(int position) =>
        InOrder(_decisions.TrackOf(position))
            .Where(channel => _decisions.At(position)?.From.Contains(channel.Code) != true);

    /// <summary>Why a channel could never pay this payment, by contract and portability; null when it could.</summary>
    private SkippedChannel? Unfit(RouteChannel? home, RouteChannel channel)
    {
        var paidAs = home is null || home.Track == channel.Track
            ? request.Instrument : terms.Rules.Ported(home, request.Instrument, channel);
        if (paidAs is not { } instrument)
        {
            return new SkippedChannel(channel.Code, RouteReason.NotPortable);
        }

        return channel.Mismatch(request with { Instrument = instrument }) is { } mismatch
            ? new SkippedChannel(channel.Code, mismatch) : null;
    }

    /// <summary>
    /// The switch that is leaving this channel and will lead the payment away from it; null without one.
    /// </summary>
    private Overlay? LeftBy(RouteChannel channel) =>
        terms.Leaving.FirstOrDefault(leaving => leaving.From.Contains(channel.Code) && leaving.Covers(request));

    /// <summary>
    /// The suspension that keeps the payment from leaving over this channel; null without one. The payment waits for
    /// its own channel: no other channel of the track, and no decision about another channel, takes it meanwhile.
    /// </summary>
    private SuspendedScope? SuspendedBy(RouteChannel channel) =>
        terms.Suspended.FirstOrDefault(suspended => suspended.Covers(request, channel.Track));

    private Route Waiting(SkippedChannel waitedFor, Overlay? by)
    {
        _passed.Clear();
        _passed.Add(waitedFor);
        return Nowhere(Track.Government, by);
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

    private Route RouteOf(RouteChannel channel, int speaking) => _decisions.At(speaking) is { } by
        ? RouteOf(channel,
            Invariant($"switch {by.SwitchId} moves {request.Area} to track {by.ToTrack}: {channel.Code}"), by.SwitchId,
            RouteReason.Switch)
        : RouteOf(channel, $"rule {row} → {channel.Code}{(channel.Paused ? " (paused)" : "")}", null, RouteReason.Rule);

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
