using TwinTrack.Kernel;

namespace TwinTrack.Payments.Domain;

/// <summary>Where the taking in of one cycle's entitlements stands.</summary>
public enum CycleState
{
    /// <summary>Chunks, or the declared totals, are still missing.</summary>
    Arriving,

    /// <summary>Count, sum and hash are as declared.</summary>
    Ready,

    /// <summary>They are not: nothing of it can be batched.</summary>
    Refused,
}

public enum CycleTrigger
{
    Accept,
    Refuse,
}

public static class CycleLifecycle
{
    public static readonly TransitionTable<CycleState, CycleTrigger> Table = new(
        (CycleState.Arriving, CycleTrigger.Accept, CycleState.Ready),
        (CycleState.Arriving, CycleTrigger.Refuse, CycleState.Refused));
}
