using TwinTrack.Kernel;
using static TwinTrack.Payments.Domain.ForcedMoveState;
using static TwinTrack.Payments.Domain.ForcedMoveTrigger;

namespace TwinTrack.Payments.Domain;

/// <summary>State of a forced move. Only a forced move lets an obligation be paid again without evidence.</summary>
public enum ForcedMoveState
{
    /// <summary>One party proposes it. Nothing has changed.</summary>
    Proposed,

    /// <summary>
    /// The other party agreed. The attempts are given up, and the bearer's funds are reserved for them.
    /// </summary>
    Carried,

    Refused,
}

public enum ForcedMoveTrigger
{
    Agree,

    Refuse,
}

public static class ForcedMoveLifecycle
{
    public static readonly TransitionTable<ForcedMoveState, ForcedMoveTrigger> Table = new(
        (Proposed, Agree, Carried),
        (Proposed, Refuse, ForcedMoveState.Refused));
}

/// <summary>Why a forced move is refused, in order of precedence.</summary>
public static class ForcedRefusals
{
    public static readonly Refusal Unknown = new("forced.unknown", "No such forced move.", RefusalKind.NotFound);

    /// <summary>May succeed later, once the switch moves payments.</summary>
    public static readonly Refusal NoSwitch = new(
        "forced.no_switch",
        "No switch is moving payments under this number: outside of one, nothing is given up without evidence.");

    /// <summary>May succeed later, when something is in doubt.</summary>
    public static readonly Refusal Nothing = new("forced.nothing", "Nothing is in doubt in the scope of this switch.");

    /// <summary>
    /// May succeed with the current list. Evidence came for some attempts, or more attempts went into doubt.
    /// </summary>
    public static readonly Refusal HashDiffers = new(
        "forced.hash_differs", "The list is not the one of this hash: decide only on what you have seen.");
}
