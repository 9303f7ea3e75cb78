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
    /// Carried by every party. The list is counted once more, then the channels are fenced; payments may still be
    /// leaving.
    /// </summary>
    Voted,

    /// <summary>Every channel to leave has proved that nothing more leaves.</summary>
    Fenced,

    /// <summary>What never left has been withdrawn, and the rest counted under the closed gates.</summary>
    Snapshot,

    /// <summary>What left and is not final has been asked back, where the protocol can.</summary>
    Recalling,

    /// <summary>
    /// What evidence has freed gets its next instruction. What is in doubt waits: silence frees nobody.
    /// </summary>
    Moving,

    /// <summary>Nothing that is freed waits; the moved instructions are being paid.</summary>
    Paying,

    /// <summary>
    /// The moved instructions are final; late answers on the old channels still free or settle one more.
    /// </summary>
    Watching,

    Closed,
    Rejected,
    Withdrawn,
    Expired,

    /// <summary>
    /// What was voted on is not what is there. Nothing was moved; channels that were fenced stay closed until resumed.
    /// </summary>
    Voided,
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
}

/// <summary>The governed change of track. What is not listed is refused.</summary>
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
        (Voted, Fence, Fenced),
        (Fenced, TakeSnapshot, Snapshot),
        (Snapshot, Recall, Recalling),
        (Recalling, Move, Moving),
        (Moving, Invalidate, Voided),
        (Moving, Pay, Paying),
        (Paying, Invalidate, Voided),
        (Paying, Watch, Watching),
        (Watching, Invalidate, Voided),
        (Watching, Close, Closed));

    /// <summary>States in which the switch holds its channels against a resumption.</summary>
    public static readonly IReadOnlyList<SwitchState> InProgress =
        [Voted, Fenced, Snapshot, Recalling, Moving, Paying, Watching];

    /// <summary>
    /// States before anything is moved: what has not left its channels is still being taken out of their queues and
    /// asked back, under the closed gates.
    /// </summary>
    public static readonly IReadOnlyList<SwitchState> Leaving = [Voted, Fenced, Snapshot, Recalling];

    /// <summary>States in which no other switch may touch the same channels.</summary>
    public static readonly IReadOnlyList<SwitchState> Busy = [Voted, Fenced, Snapshot, Recalling, Moving, Paying];

    /// <summary>
    /// Whether the switch keeps its channels closed against an operator: one of all areas until it has ended; one of
    /// some areas only until it moves, because from then on its routes lead elsewhere, and the rest of what the
    /// channels pay is waiting.
    /// </summary>
    public static bool Holds(SwitchState state, bool someAreasOnly) =>
        (someAreasOnly ? Leaving : InProgress).Contains(state);
}
