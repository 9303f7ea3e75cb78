using TwinTrack.Kernel;
using static TwinTrack.Payments.Domain.BatchState;
using static TwinTrack.Payments.Domain.BatchTrigger;

namespace TwinTrack.Payments.Domain;

public enum BatchState
{
    /// <summary>Obligations are added, and Routing is asked for a channel for each.</summary>
    Planning,

    /// <summary>Complete, hashed and never changed again; waits for its approvers.</summary>
    AwaitingApproval,

    Approved,

    /// <summary>Funds are committed and instructions leave. Cannot be cancelled from here, only fenced.</summary>
    Released,

    /// <summary>Reconciled and closed.</summary>
    Certified,

    /// <summary>An approver refused it. Its obligations are free for another batch.</summary>
    Refused,

    /// <summary>The maker's side cancelled it. Its obligations are free for another batch.</summary>
    Cancelled,
}

public enum BatchTrigger
{
    /// <summary>Every obligation has its channel, or the reason why it has none.</summary>
    Complete,

    /// <summary>The last approval that the policy asks for.</summary>
    Approve,

    Release,

    Certify,

    Refuse,

    Cancel,
}

public static class BatchLifecycle
{
    public static readonly TransitionTable<BatchState, BatchTrigger> Table = new(
        (Planning, Complete, AwaitingApproval),
        (AwaitingApproval, Approve, Approved),
        (AwaitingApproval, Refuse, Refused),
        (AwaitingApproval, Cancel, Cancelled),
        (Approved, Refuse, Refused),
        (Approved, Cancel, Cancelled),
        (Approved, Release, Released),
        (Released, Certify, Certified));

    /// <summary>
    /// States before release, without the refused and cancelled ones. A cycle has at most one such batch.
    /// </summary>
    public static readonly BatchState[] Open = [Planning, AwaitingApproval, Approved];
}
