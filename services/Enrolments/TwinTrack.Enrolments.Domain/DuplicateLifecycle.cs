using TwinTrack.Kernel;
using static TwinTrack.Enrolments.Domain.DuplicateState;
using static TwinTrack.Enrolments.Domain.DuplicateTrigger;

namespace TwinTrack.Enrolments.Domain;

public enum DuplicateState
{
    /// <summary>Waits for a registrar. The later household is held meanwhile.</summary>
    Open,

    /// <summary>Two households after all.</summary>
    Kept,

    /// <summary>The later household is the same as the earlier one.</summary>
    Excluded,
}

public enum DuplicateTrigger
{
    Keep,
    Exclude,
}

/// <summary>Why a household is thought to be registered twice.</summary>
public enum DuplicateReason
{
    SameAccount,
    SameNationalId,
}

public static class DuplicateLifecycle
{
    public static readonly TransitionTable<DuplicateState, DuplicateTrigger> Table = new(
        (Open, Keep, Kept),
        (Open, Exclude, Excluded));
}
