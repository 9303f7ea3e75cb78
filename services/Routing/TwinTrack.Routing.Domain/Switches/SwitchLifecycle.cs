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
    /// Every party voted for it. The list is counted again, then the channels are fenced. Payments may still be
    /// leaving.
    /// </summary>
    Voted,

    /// <summary>Every channel to leave has proved that nothing more leaves.</summary>
    Fenced,

    /// <summary>Unsent instructions are withdrawn. The others are counted under the closed gates.</summary>
    Snapshot,

    /// <summary>Sent instructions that are not final are being recalled, where the protocol allows it.</summary>
    Recalling,

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
    /// The current list differs from the voted list. No payment was moved. Fenced channels stay closed until a person
    /// resumes them.
    /// </summary>
    Voided,

    /// <summary>
    /// The quorum that carried it has ended it. Nothing more is diverted. What was moved stays moved. Fenced channels
    /// stay closed until a person resumes them.
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
    Fence,
    TakeSnapshot,
    Recall,
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
        (Voted, Fence, Fenced),
        (Fenced, TakeSnapshot, Snapshot),
        (Fenced, Abort, Aborted),
        (Snapshot, Recall, Recalling),
        (Snapshot, Abort, Aborted),
        (Recalling, Move, Moving),
        (Recalling, Abort, Aborted),
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

    /// <summary>States in which the switch keeps its channels closed.</summary>
    public static readonly IReadOnlyList<SwitchState> InProgress =
        [Voted, Fenced, Snapshot, Recalling, Moving, Paying, Watching];

    /// <summary>
    /// States before any payment is moved. Under the closed gates, unsent instructions are withdrawn and sent ones are
    /// recalled.
    /// </summary>
    public static readonly IReadOnlyList<SwitchState> Leaving = [Voted, Fenced, Snapshot, Recalling];

    /// <summary>States in which Payments moves for the switch.</summary>
    public static readonly IReadOnlyList<SwitchState> Diverting = [Moving, Paying, Watching];

    /// <summary>States in which no other switch may touch the same channels.</summary>
    public static readonly IReadOnlyList<SwitchState> Busy = [Voted, Fenced, Snapshot, Recalling, Moving, Paying];

    /// <summary>
    /// Whether an operator may not open the channels. A switch of all areas keeps them closed until it ends. A switch
    /// of some areas keeps them closed only until it moves. From then on its own routes avoid the channels, and
    /// payments of other areas wait for them.
    /// </summary>
    public static bool Holds(SwitchState state, bool someAreasOnly) =>
        (someAreasOnly ? Leaving : InProgress).Contains(state);
}
