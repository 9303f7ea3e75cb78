using TwinTrack.Kernel;
using static TwinTrack.Entitlements.Domain.CycleState;
using static TwinTrack.Entitlements.Domain.CycleTrigger;

namespace TwinTrack.Entitlements.Domain;

public enum CycleState
{
    /// <summary>The caseload is requested, and no part has arrived.</summary>
    Opening,

    /// <summary>Some parts of the caseload have arrived and are calculated.</summary>
    Calculating,

    /// <summary>Every household of the caseload is either calculated or among the failures.</summary>
    Calculated,

    /// <summary>Declared final and on its way to Payments. No amount may change any more.</summary>
    Closing,

    /// <summary>Payments has received everything, with count, sum and hash.</summary>
    Closed,

    /// <summary>Cancelled before closing. The period may be opened again.</summary>
    Cancelled,
}

public enum CycleTrigger
{
    /// <summary>A part of the caseload was calculated.</summary>
    Count,

    /// <summary>All households that were announced have been counted.</summary>
    Complete,

    /// <summary>A programme manager declares the amounts final.</summary>
    Close,

    /// <summary>The last part and the totals have been handed to the outbox.</summary>
    Finish,

    Cancel,
}

public static class CycleLifecycle
{
    public static readonly TransitionTable<CycleState, CycleTrigger> Table = new(
        (Opening, Count, Calculating),
        (Opening, Complete, Calculated), // a caseload of nobody
        (Opening, Cancel, Cancelled),
        (Calculating, Count, Calculating),
        (Calculating, Complete, Calculated),
        (Calculating, Cancel, Cancelled),
        (Calculated, Close, Closing),
        (Calculated, Cancel, Cancelled),
        (Closing, Finish, Closed));
}
