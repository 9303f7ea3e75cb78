using TwinTrack.Kernel;
using static TwinTrack.Payments.Domain.MoveState;
using static TwinTrack.Payments.Domain.MoveTrigger;

namespace TwinTrack.Payments.Domain;

/// <summary>State of Payments' part in a switch of track.</summary>
public enum MoveState
{
    /// <summary>The list is compared with the one that was voted on.</summary>
    Checking,

    /// <summary>An obligation in scope is planned again as soon as evidence frees it.</summary>
    Active,

    /// <summary>The list differs from the voted list. Nothing moves until Routing asks again.</summary>
    Refused,

    Ended,
}

public enum MoveTrigger
{
    Begin,
    Refuse,
    AskAgain,
    End,
}

public static class MoveLifecycle
{
    public static readonly TransitionTable<MoveState, MoveTrigger> Table = new(
        (Checking, Begin, Active),
        (Checking, Refuse, Refused),
        (Checking, End, Ended),
        (Refused, AskAgain, Checking),
        (Refused, End, Ended),
        (Active, End, Ended));
}
