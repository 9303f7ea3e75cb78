using TwinTrack.Kernel;
using static TwinTrack.Enrolments.Domain.ImportState;
using static TwinTrack.Enrolments.Domain.ImportTrigger;

namespace TwinTrack.Enrolments.Domain;

public enum ImportState
{
    /// <summary>The file is stored whole; earlier imports go first.</summary>
    Received,

    /// <summary>Rows are read, checked and stored as staged households.</summary>
    Staging,

    /// <summary>The file was read whole; its households are compared with all others.</summary>
    Checking,

    /// <summary>Its good households are registered.</summary>
    Completed,

    /// <summary>The file is refused as a whole; what was staged is being deleted.</summary>
    Refusing,

    /// <summary>Nothing of the file is left but its errors.</summary>
    Refused,
}

public enum ImportTrigger
{
    Begin,
    ReachEnd,
    Complete,
    Refuse,
    Clear,
}

public static class ImportLifecycle
{
    public static readonly TransitionTable<ImportState, ImportTrigger> Table = new(
        (Received, Begin, Staging),
        (Received, Refuse, Refusing),
        (Staging, ReachEnd, Checking),
        (Staging, Refuse, Refusing),
        (Checking, Complete, Completed),
        (Refusing, Clear, Refused));
}
