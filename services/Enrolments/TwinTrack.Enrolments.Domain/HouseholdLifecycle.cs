using TwinTrack.Kernel;
using static TwinTrack.Enrolments.Domain.HouseholdState;
using static TwinTrack.Enrolments.Domain.HouseholdTrigger;

namespace TwinTrack.Enrolments.Domain;

public enum HouseholdState
{
    /// <summary>Read from a file that is not yet accepted as a whole. It is hidden and cannot be enrolled.</summary>
    Staged,

    /// <summary>May be enrolled.</summary>
    Registered,

    /// <summary>Perhaps registered twice. It must not be enrolled before a person decides.</summary>
    Flagged,

    /// <summary>A person decided that it is a duplicate. It is never enrolled.</summary>
    Excluded,
}

public enum HouseholdTrigger
{
    Register,
    Flag,
    Keep,
    Exclude,
}

public static class HouseholdLifecycle
{
    public static readonly TransitionTable<HouseholdState, HouseholdTrigger> Table = new(
        (Staged, Register, Registered),
        (Staged, Flag, Flagged),
        (Flagged, Keep, Registered),
        (Flagged, Exclude, Excluded));
}
