using TwinTrack.Kernel;
using static TwinTrack.Enrolments.Domain.HouseholdState;
using static TwinTrack.Enrolments.Domain.HouseholdTrigger;

namespace TwinTrack.Enrolments.Domain;

public enum HouseholdState
{
    /// <summary>Read from a file that is not yet accepted as a whole. Nobody may see or enrol it.</summary>
    Staged,

    /// <summary>May be enrolled.</summary>
    Registered,

    /// <summary>Perhaps registered twice. Must not be enrolled before somebody decides.</summary>
    Flagged,

    /// <summary>Decided to be another household once more. Never enrolled.</summary>
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
