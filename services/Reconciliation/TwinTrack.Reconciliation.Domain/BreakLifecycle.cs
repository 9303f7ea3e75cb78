using TwinTrack.Kernel;
using static TwinTrack.Reconciliation.Domain.BreakState;
using static TwinTrack.Reconciliation.Domain.BreakTrigger;

namespace TwinTrack.Reconciliation.Domain;

public enum BreakState
{
    Open,

    /// <summary>Explained by a person, or closed automatically when our state caught up. The note says which.</summary>
    Resolved,

    /// <summary>One person proposes to bear the difference. Still counts as open.</summary>
    WriteOffProposed,

    /// <summary>Two people decided to bear the difference.</summary>
    WrittenOff,
}

public enum BreakTrigger
{
    Resolve,
    ProposeWriteOff,
    ApproveWriteOff,
    RejectWriteOff,
}

public static class BreakLifecycle
{
    public static readonly TransitionTable<BreakState, BreakTrigger> Table = new(
        (Open, Resolve, Resolved),
        (Open, ProposeWriteOff, WriteOffProposed),
        (WriteOffProposed, Resolve, Resolved),
        (WriteOffProposed, ApproveWriteOff, WrittenOff),
        (WriteOffProposed, RejectWriteOff, Open));

    /// <summary>The states that keep a batch from being certified.</summary>
    public static readonly BreakState[] Unsettled = [Open, WriteOffProposed];
}
