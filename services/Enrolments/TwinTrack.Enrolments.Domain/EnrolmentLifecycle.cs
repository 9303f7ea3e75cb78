using TwinTrack.Kernel;
using static TwinTrack.Enrolments.Domain.EnrolmentState;
using static TwinTrack.Enrolments.Domain.EnrolmentTrigger;

namespace TwinTrack.Enrolments.Domain;

public enum EnrolmentState
{
    /// <summary>Meets the criteria of a selection that is not yet complete. Not in any caseload.</summary>
    Selected,

    /// <summary>In the caseload of every cycle that opens from now on.</summary>
    Enrolled,

    /// <summary>Left out of new caseloads until resumed. Debts of older cycles remain.</summary>
    Suspended,

    /// <summary>Has left the programme for good.</summary>
    Exited,
}

public enum EnrolmentTrigger
{
    Enrol,
    Suspend,
    Resume,
    Exit,
}

public static class EnrolmentLifecycle
{
    public static readonly TransitionTable<EnrolmentState, EnrolmentTrigger> Table = new(
        (Selected, Enrol, Enrolled),
        (Selected, Exit, Exited),
        (Enrolled, Suspend, Suspended),
        (Enrolled, Exit, Exited),
        (Suspended, Resume, Enrolled),
        (Suspended, Exit, Exited));
}
