using TwinTrack.Kernel;
using static TwinTrack.Payments.Domain.MoveState;
using static TwinTrack.Payments.Domain.MoveTrigger;

namespace TwinTrack.Payments.Domain;

/// <summary>Where Payments' part in a switch of track stands.</summary>
public enum MoveState
{
    /// <summary>The list is compared with the one that was voted on.</summary>
    Checking,

    /// <summary>What evidence frees in scope is planned again, as it is freed.</summary>
    Active,

    /// <summary>The list is another one; nothing moves until it is asked for again.</summary>
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
