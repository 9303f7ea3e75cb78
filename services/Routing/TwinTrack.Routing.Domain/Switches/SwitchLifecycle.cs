using TwinTrack.Kernel;
using static TwinTrack.Routing.Domain.Switches.SwitchState;
using static TwinTrack.Routing.Domain.Switches.SwitchTrigger;

namespace TwinTrack.Routing.Domain.Switches;

public enum SwitchState
{
    Proposed,

    /// <summary>Its effect has been counted and hashed; votes are bound to that hash.</summary>
    Rehearsed,

    /// <summary>
    /// Every party voted for it. The list is counted again, then the scope is stopped on the channels to leave.
    /// </summary>
    Voted,

    /// <summary>
    /// The scope is being stopped. Each channel proves that nothing more of it leaves, withdraws what has not left and
    /// asks back what has.
    /// </summary>
    Stopping,

    /// <summary>
    /// Obligations that evidence freed get their next instruction. Those in doubt wait, because silence frees no
    /// obligation.
    /// </summary>
    Moving,

    /// <summary>No freed obligation waits any more. The moved instructions are being paid.</summary>
    Paying,

    /// <summary>
    /// The moved instructions are final. Late answers on the old channels may still free or settle an obligation.
    /// </summary>
    Watching,

    Closed,
    Rejected,
    Withdrawn,
    Expired,

    /// <summary>
    /// The current list differs from the voted list. No payment was moved.
    /// </summary>
    Voided,

    /// <summary>
    /// The quorum that carried it has ended it. Nothing more is diverted. What was moved stays moved.
    /// </summary>
    Aborted,
}

public enum SwitchTrigger
{
    Rehearse,
    Carry,
    Reject,
    Withdraw,
    Expire,
    Invalidate,
    Stop,
    Move,
    Pay,
    Watch,
    Close,
    Abort,
}

/// <summary>The governed change of track. A transition that is not listed is refused.</summary>
public static class SwitchLifecycle
{
    public static readonly TransitionTable<SwitchState, SwitchTrigger> Table = new(
        (Proposed, Rehearse, Rehearsed),
        (Proposed, Withdraw, Withdrawn),
        (Proposed, Expire, Expired),
        (Rehearsed, Rehearse, Rehearsed),
        (Rehearsed, Carry, Voted),
        (Rehearsed, Reject, Rejected),
        (Rehearsed, Withdraw, Withdrawn),
        (Rehearsed, Expire, Expired),
        (Voted, Invalidate, Voided),
        (Voted, Abort, Aborted),
        (Voted, Stop, Stopping),
        (Stopping, Move, Moving),
        (Stopping, Abort, Aborted),
        (Moving, Invalidate, Voided),
        (Moving, Abort, Aborted),
        (Moving, Pay, Paying),
        (Paying, Invalidate, Voided),
        (Paying, Watch, Watching),
        (Paying, Abort, Aborted),
        (Watching, Invalidate, Voided),
        (Watching, Abort, Aborted),
        (Watching, Close, Closed));

    /// <summary>States before the decision, in which a proposal can be withdrawn.</summary>
    public static readonly IReadOnlyList<SwitchState> Open = [Proposed, Rehearsed];

    /// <summary>States in which another switch that leaves the same payments waits its turn.</summary>
    public static readonly IReadOnlyList<SwitchState> Leaving = [Voted, Stopping];

    /// <summary>States in which Payments moves for the switch.</summary>
    public static readonly IReadOnlyList<SwitchState> Diverting = [Moving, Paying, Watching];

    /// <summary>States after the vote, until the switch is at rest.</summary>
    public static readonly IReadOnlyList<SwitchState> InProgress = [.. Leaving, .. Diverting];

    /// <summary>
    /// Whether a voted switch waits for this other one, because both leave the same payments. One that stops already
    /// goes first, then the one with the lower id. So two switches never wait for each other.
    /// </summary>
    public static bool GoesFirst(Switch other, Switch waiting) =>
        other.Id != waiting.Id
        && other.Scope.StopsSameAs(waiting.Scope)
        && (other.State == Stopping || (other.State == Voted && other.Id.Value.CompareTo(waiting.Id.Value) < 0));
}
