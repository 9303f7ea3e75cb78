using TwinTrack.Kernel;

namespace TwinTrack.Payments.Domain;

/// <summary>How far the entitlements of one cycle have been received.</summary>
public enum CycleState
{
    /// <summary>Chunks, or the declared totals, are still missing.</summary>
    Arriving,

    /// <summary>Count, sum and hash are as declared.</summary>
    Ready,

    /// <summary>Count, sum or hash differs from what was declared. The cycle cannot be put into a batch.</summary>
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
