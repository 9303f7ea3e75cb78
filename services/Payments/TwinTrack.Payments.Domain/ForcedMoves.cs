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
    public static readonly Refusal Unknown = new("forced.unknown",
        "No forced move has this id. Check the id in the list of the switch.", RefusalKind.NotFound);

    /// <summary>May succeed later, once the switch moves payments.</summary>
    public static readonly Refusal NoSwitch = new(
        "forced.no_switch",
            "No switch with this id is moving payments. Attempts can be given up only while a switch moves.");

    /// <summary>May succeed later, when something is in doubt.</summary>
    public static readonly Refusal Nothing = new("forced.nothing",
        "No attempt is in doubt in the scope of this switch, so there is nothing to give up.");

    /// <summary>
    /// May succeed with the current list. Evidence came for some attempts, or more attempts went into doubt.
    /// </summary>
    public static readonly Refusal HashDiffers = new(
        "forced.hash_differs",
            "The hash is not the hash of the current list. Read the list again and decide on what you see.");
}
