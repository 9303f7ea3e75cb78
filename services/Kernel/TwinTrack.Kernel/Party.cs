namespace TwinTrack.Kernel;

/// <summary>
/// The two parties that answer for a programme; bound to <c>Contracts/Words/Parties</c>. A provider and the system are
/// not among them.
/// </summary>
public enum Party
{
    Government,
    Partner,
}
