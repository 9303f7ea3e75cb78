using TwinTrack.Kernel;
using static TwinTrack.Routing.Domain.Switches.UnsentRoute;

namespace TwinTrack.Routing.Domain.Switches;

/// <summary>What can happen while a switch to Track 2 exists.</summary>
public enum SwitchEvent
{
    /// <summary>A channel that it leaves is suspended a second time.</summary>
    SecondSuspension,

    /// <summary>Every channel of its target is closed by another decision.</summary>
    TargetSuspended,

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

    /// <summary>Over a channel of Track 2.</summary>
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
/// What each event does in each state of a switch to Track 2 whose channels are closed by it. A return is the same with
/// the tracks exchanged. <c>docs/concepts/switch-events.md</c> is made from it, and a test takes every cell.
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
    private const string Resume = "operators: channel resume; anybody who may: a new proposal";

    private static readonly IReadOnlyList<Row> Rows =
    [
        new(Phase.Open, SwitchEvent.SecondSuspension, null, Track1, Stays, Open),
        new(Phase.Open, SwitchEvent.TargetSuspended, null, Track1, Stays, $"{Open}; operators: channel resume"),
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
        new(Phase.Stopping, SwitchEvent.Return, null, Waits, Recalled, Abort),
        new(Phase.Stopping, SwitchEvent.PartnerCloses, null, Waits, Recalled, Abort),
        new(Phase.Stopping, SwitchEvent.Withdraw, null, Waits, Recalled, $"refused, because it was carried; {Abort}"),
        new(Phase.Stopping, SwitchEvent.Abort, SwitchTrigger.Abort, Waits, FollowedOnly, Resume),
        new(Phase.Stopping, SwitchEvent.Expiry, null, Waits, Recalled, $"a carried switch does not expire; {Abort}"),
        new(Phase.Stopping, SwitchEvent.ListChanged, SwitchTrigger.Invalidate, Waits, Recalled,
            $"the list is compared before a channel closes, and again before the move. Ended: {Resume}. Else {Abort}"),
        new(Phase.Stopping, SwitchEvent.PaymentsSettled, null, Waits, Recalled, Abort),
        new(Phase.Diverting, SwitchEvent.SecondSuspension, null, Track2, Followed, Moving),
        new(Phase.Diverting, SwitchEvent.TargetSuspended, null, Waits, Followed,
            $"{Moving}; operators: channel resume of the target"),
        new(Phase.Diverting, SwitchEvent.Return, null, Track1, FollowedOnly, Moving),
        new(Phase.Diverting, SwitchEvent.PartnerCloses, null, Waits, Followed, Moving),
        new(Phase.Diverting, SwitchEvent.Withdraw, null, Track2, Followed,
            $"refused, because it was carried; {Moving}"),
        new(Phase.Diverting, SwitchEvent.Abort, SwitchTrigger.Abort, Waits, FollowedOnly, Resume),
        new(Phase.Diverting, SwitchEvent.Expiry, null, Track2, Followed, $"a carried switch does not expire; {Moving}"),
        new(Phase.Diverting, SwitchEvent.ListChanged, SwitchTrigger.Invalidate, Waits, FollowedOnly, Resume),
        new(Phase.Diverting, SwitchEvent.PaymentsSettled, SwitchTrigger.Pay, Track2, Followed, Moving),
        .. Enum.GetValues<SwitchEvent>().Select(on => new Row(Phase.Undecided, on, null, Track1, Stays,
            "nobody: it has ended; anybody who may: a new proposal")),
        .. Enum.GetValues<SwitchEvent>().Select(on => new Row(Phase.Ended, on, null,
            on == SwitchEvent.Return ? Track1 : Waits, FollowedOnly, Resume)),
        .. Enum.GetValues<SwitchEvent>().Select(on => new Row(Phase.Kept, on, null,
            on == SwitchEvent.Return ? Track1
                : on is SwitchEvent.TargetSuspended or SwitchEvent.PartnerCloses ? Waits : Track2,
            FollowedOnly, "its routes last for the cycle; anybody who may: a return, or a new proposal")),
    ];

    public static readonly IReadOnlyList<SwitchEventEffect> Table =
    [
        .. from state in Enum.GetValues<SwitchState>()
           from row in Rows
           where row.Phase == PhaseOf(state)
           orderby state, row.Event
           select new SwitchEventEffect(state, row.Event, After(state, row), row.NotLeft, row.UnderWay, row.MayAct),
    ];

    /// <summary>States in which the same event does the same.</summary>
    private enum Phase
    {
        Open,
        Stopping,
        Diverting,

        /// <summary>Ended before a decision. Nothing was closed.</summary>
        Undecided,

        /// <summary>Ended by a change or an abort. Its channels are closed, and it routes nothing.</summary>
        Ended,

        /// <summary>Closed in order. Its routes last.</summary>
        Kept,
    }

    private sealed record Row(Phase Phase, SwitchEvent Event, SwitchTrigger? Trigger, UnsentRoute NotLeft,
        string UnderWay, string MayAct);

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
