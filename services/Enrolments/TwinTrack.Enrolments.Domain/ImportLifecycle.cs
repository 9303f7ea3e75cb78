using TwinTrack.Kernel;
using static TwinTrack.Enrolments.Domain.ImportState;
using static TwinTrack.Enrolments.Domain.ImportTrigger;

namespace TwinTrack.Enrolments.Domain;

public enum ImportState
{
    /// <summary>The whole file is stored. Earlier imports are processed first.</summary>
    Received,

    /// <summary>Rows are read, checked and stored as staged households.</summary>
    Staging,

    /// <summary>The whole file is read. Its households are compared with all others.</summary>
    Checking,

    /// <summary>Its good households are registered.</summary>
    Completed,

    /// <summary>The whole file is refused. Its staged households are being deleted.</summary>
    Refusing,

    /// <summary>Only the errors of the file are left.</summary>
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
