using TwinTrack.Kernel;
using static TwinTrack.Routing.Domain.Switches.UnsentRoute;

namespace TwinTrack.Routing.Domain.Switches;

/// <summary>What can happen while a switch to Track 2 exists.</summary>
public enum SwitchEvent
{
    /// <summary>A channel that it leaves is suspended a second time.</summary>
    SecondSuspension,

    /// <summary>Every channel of its target is suspended.</summary>
    TargetSuspended,

    /// <summary>One act suspends the track that it leaves, for its payments.</summary>
    TrackSuspended,

    /// <summary>One act suspends its target track, for its payments.</summary>
    TargetTrackSuspended,

    /// <summary>A return is carried.</summary>
    Return,

    /// <summary>The partner declines the payments of the target.</summary>
    PartnerCloses,

    /// <summary>Its proposer gives it up.</summary>
    Withdraw,

    /// <summary>The quorum that carried it ends it.</summary>
    Abort,

    /// <summary>Its votes did not come in time.</summary>
    Expiry,

    /// <summary>The list differs from the list that was voted on.</summary>
    ListChanged,

    /// <summary>The payments that it waits for are final.</summary>
    PaymentsSettled,
}

/// <summary>Where a covered payment goes that has not left.</summary>
public enum UnsentRoute
{
    /// <summary>Over its channel of Track 1. A paused channel keeps it in its queue.</summary>
    Track1,

    /// <summary>Over a channel of Track 2. A paused channel keeps it in its queue.</summary>
    Track2,

    /// <summary>It waits with its reason. It is planned again when a channel opens or a decision changes.</summary>
    Waits,
}

/// <summary>One cell of the table of states and events.</summary>
/// <param name="Becomes">The state after the event; the same state where the event does not change it.</param>
/// <param name="UnderWay">What happens to a payment that has been sent and is not final.</param>
/// <param name="MayAct">Who may act next, and how.</param>
public sealed record SwitchEventEffect(SwitchState State, SwitchEvent Event, SwitchState Becomes, UnsentRoute NotLeft,
    string UnderWay, string MayAct);

/// <summary>
/// What each event does in each state of a switch to Track 2. A return is the same with the tracks exchanged.
/// <c>docs/concepts/switch-events.md</c> is made from it, and a test takes every cell.
/// </summary>
public static class SwitchEvents
{
    private const string Stays = "stays where it was sent, and is followed by its reports";
    private const string Followed = "is followed: a late answer settles it, or frees it and it moves";
    private const string FollowedOnly = "is followed to its end; what it frees goes by the decision that speaks then";
    private const string Recalled = "is recalled where its channel can recall; else its report decides";
    private const string Open = "its proposer: switch withdraw; co-chairs: switch vote";
    private const string Abort = "co-chairs of each party: switch abort";
    private const string Moving = "co-chairs of each party: switch abort, or a return; operators: switch close";
    private const string Again = "anybody who may: a new proposal";

    private static readonly IReadOnlyList<Row> Rows =
    [
        new(Phase.Open, SwitchEvent.SecondSuspension, null, Track1, Stays, Open),
        new(Phase.Open, SwitchEvent.TargetSuspended, null, Track1, Stays, $"{Open}; operators: channel resume"),
        new(Phase.Open, SwitchEvent.TrackSuspended, null, Waits, Stays, $"{Open}; operators: track resume"),
        new(Phase.Open, SwitchEvent.TargetTrackSuspended, null, Track1, Stays, $"{Open}; operators: track resume"),
        new(Phase.Open, SwitchEvent.Return, null, Track1, Stays, Open),
        new(Phase.Open, SwitchEvent.PartnerCloses, null, Track1, Stays, Open),
        new(Phase.Open, SwitchEvent.Withdraw, SwitchTrigger.Withdraw, Track1, Stays, "anybody who may: a new proposal"),
        new(Phase.Open, SwitchEvent.Abort, null, Track1, Stays, $"refused, because nothing was decided; {Open}"),
        new(Phase.Open, SwitchEvent.Expiry, SwitchTrigger.Expire, Track1, Stays, "anybody who may: a new proposal"),
        new(Phase.Open, SwitchEvent.ListChanged, null, Track1, Stays,
            "the next rehearsal has another hash and voids the votes; operators: switch rehearse"),
        new(Phase.Open, SwitchEvent.PaymentsSettled, null, Track1, Stays, Open),
        new(Phase.Stopping, SwitchEvent.SecondSuspension, null, Waits, Recalled, Abort),
        new(Phase.Stopping, SwitchEvent.TargetSuspended, null, Waits, Recalled, $"{Abort}; operators: channel resume"),
        new(Phase.Stopping, SwitchEvent.TrackSuspended, null, Waits, Recalled, $"{Abort}; operators: track resume"),
        new(Phase.Stopping, SwitchEvent.TargetTrackSuspended, null, Waits, Recalled,
            $"{Abort}; operators: track resume"),
        new(Phase.Stopping, SwitchEvent.Return, null, Waits, Recalled, Abort),
        new(Phase.Stopping, SwitchEvent.PartnerCloses, null, Waits, Recalled, Abort),
        new(Phase.Stopping, SwitchEvent.Withdraw, null, Waits, Recalled, $"refused, because it was carried; {Abort}"),
        new(Phase.Stopping, SwitchEvent.Abort, SwitchTrigger.Abort, Track1, FollowedOnly, Again),
        new(Phase.Stopping, SwitchEvent.Expiry, null, Waits, Recalled, $"a carried switch does not expire; {Abort}"),
        new(Phase.Stopping, SwitchEvent.ListChanged, SwitchTrigger.Invalidate, Track1, Recalled,
            $"the list is compared before the stop, and again before the move. Ended: {Again}. Else {Abort}"),
        new(Phase.Stopping, SwitchEvent.PaymentsSettled, null, Waits, Recalled, Abort),
        new(Phase.Diverting, SwitchEvent.SecondSuspension, null, Track2, Followed, Moving),
        new(Phase.Diverting, SwitchEvent.TargetSuspended, null, Track2, Followed,
            $"{Moving}; operators: channel resume of the target"),
        new(Phase.Diverting, SwitchEvent.TrackSuspended, null, Track2, Followed, Moving),
        new(Phase.Diverting, SwitchEvent.TargetTrackSuspended, null, Waits, Followed,
            $"{Moving}; operators: track resume"),
        new(Phase.Diverting, SwitchEvent.Return, null, Track1, FollowedOnly, Moving),
        new(Phase.Diverting, SwitchEvent.PartnerCloses, null, Waits, Followed, Moving),
        new(Phase.Diverting, SwitchEvent.Withdraw, null, Track2, Followed,
            $"refused, because it was carried; {Moving}"),
        new(Phase.Diverting, SwitchEvent.Abort, SwitchTrigger.Abort, Track1, FollowedOnly, Again),
        new(Phase.Diverting, SwitchEvent.Expiry, null, Track2, Followed, $"a carried switch does not expire; {Moving}"),
        new(Phase.Diverting, SwitchEvent.ListChanged, SwitchTrigger.Invalidate, Track1, FollowedOnly, Again),
        new(Phase.Diverting, SwitchEvent.PaymentsSettled, SwitchTrigger.Pay, Track2, Followed, Moving),
        .. Enum.GetValues<SwitchEvent>().Select(on => new Row(Phase.Undecided, on, null, WithoutIt(on), Stays,
            "nobody: it has ended; anybody who may: a new proposal")),
        .. Enum.GetValues<SwitchEvent>().Select(on => new Row(Phase.Ended, on, null, WithoutIt(on),
            FollowedOnly, Again)),
        .. Enum.GetValues<SwitchEvent>().Select(on => new Row(Phase.Kept, on, null,
            on == SwitchEvent.Return ? Track1
                : on is SwitchEvent.PartnerCloses or SwitchEvent.TargetTrackSuspended ? Waits : Track2,
            FollowedOnly, "its routes last for the cycle; anybody who may: a return, or a new proposal")),
    ];

    public static readonly IReadOnlyList<SwitchEventEffect> Table =
    [
        .. from state in Enum.GetValues<SwitchState>()
           from row in Rows
           where row.Phase == PhaseOf(state)
           orderby state, row.Event
           select new SwitchEventEffect(
               state, row.Event, After(state, row), NotLeft(state, row), row.UnderWay, row.MayAct),
    ];

    /// <summary>States in which the same event does the same.</summary>
    private enum Phase
    {
        Open,
        Stopping,
        Diverting,

        /// <summary>Ended before a decision. Nothing was stopped.</summary>
        Undecided,

        /// <summary>Ended by a change or an abort. It routes nothing.</summary>
        Ended,

        /// <summary>Closed in order. Its routes last.</summary>
        Kept,
    }

    private sealed record Row(Phase Phase, SwitchEvent Event, SwitchTrigger? Trigger, UnsentRoute NotLeft,
        string UnderWay, string MayAct);

    /// <summary>Where a payment goes of which the switch decides nothing.</summary>
    private static UnsentRoute WithoutIt(SwitchEvent on) => on == SwitchEvent.TrackSuspended ? Waits : Track1;

    private static Phase PhaseOf(SwitchState state) =>
        SwitchLifecycle.Open.Contains(state) ? Phase.Open
        : SwitchLifecycle.Leaving.Contains(state) ? Phase.Stopping
        : SwitchLifecycle.Diverting.Contains(state) ? Phase.Diverting
        : state switch
        {
            SwitchState.Closed => Phase.Kept,
            SwitchState.Voided or SwitchState.Aborted => Phase.Ended,
            _ => Phase.Undecided,
        };

    /// <summary>While a switch is leaving its channels, what it covers waits for it.</summary>
    private static UnsentRoute NotLeft(SwitchState state, Row row) =>
        SwitchLifecycle.Leaving.Contains(After(state, row)) ? Waits : row.NotLeft;

    /// <summary>Where payments are settled, each state of following has its own next state.</summary>
    private static SwitchState After(SwitchState state, Row row)
    {
        SwitchTrigger[] steps = row.Event == SwitchEvent.PaymentsSettled && row.Trigger is not null
            ? [SwitchTrigger.Pay, SwitchTrigger.Watch, SwitchTrigger.Close]
            : row.Trigger is { } trigger ? [trigger] : [];
        foreach (var step in steps)
        {
            if (SwitchLifecycle.Table.Next(state, step).Allows(out var next, out _))
            {
                return next;
            }
        }

        return state;
    }
}
