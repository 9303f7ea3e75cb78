using TwinTrack.Kernel;

namespace TwinTrack.Routing.Domain.Tables;

/// <summary>
/// The decisions in force of one programme and cycle, oldest first, and which of them speaks for a payment. The answer
/// depends on the decisions and on the channels that would pay. It never depends on a gate, hours, a ceiling or a rule.
/// </summary>
/// <param name="decisions">Active overlays, oldest first.</param>
public sealed class SpeakingDecision(RouteRequest request, IReadOnlyList<Overlay> decisions)
{
    /// <summary>The routing table itself, before any decision: Track 1.</summary>
    public const int Table = -1;

    /// <summary>The position of the decision that speaks for the payment, or <see cref="Table"/>.</summary>
    /// <param name="from">Where to begin: at the table, or at a decision.</param>
    /// <param name="wouldPay">
    /// The first channel of a position's track that could pay by row, contract and portability; null for none.
    /// </param>
    public int Speaking(int from, Func<int, string?> wouldPay)
    {
        var speaking = from;
        while (Onward(speaking, wouldPay(speaking)) is { } later)
        {
            speaking = later;
        }

        return speaking;
    }

    /// <summary>
    /// The latest decision after a position that leads on from this channel. Null when the payment stays there.
    /// </summary>
    /// <param name="channel">Null when no channel of the position's track could pay.</param>
    public int? Onward(int position, string? channel)
    {
        for (var later = decisions.Count - 1; later > position; later--)
        {
            if (decisions[later].Covers(request) && Leaves(decisions[later], TrackOf(position), channel))
            {
                return later;
            }
        }

        return null;
    }

    /// <summary>The decision at a position; null for the table.</summary>
    public Overlay? At(int position) => position == Table ? null : decisions[position];

    public int TrackOf(int position) => At(position)?.ToTrack ?? Track.Government;

    /// <summary>
    /// A decision leaves the channels that it names. Where no channel of Track 1 could pay, a decision without channels
    /// leads to Track 2. A return brings back whom Track 2 does not reach.
    /// </summary>
    private static bool Leaves(Overlay decision, int track, string? channel) =>
        channel is not null ? decision.From.Contains(channel)
        : track == Track.Government ? decision.From.Count == 0
        : decision.ToTrack == Track.Government;
}
