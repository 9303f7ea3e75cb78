namespace TwinTrack.Contracts.Words;

/// <summary>
/// How much a report proves: <c>ReportRow.Grade</c>. The letters are codes and stay capitals. Only A and B free an
/// obligation.
/// </summary>
public static class EvidenceGrades
{
    /// <summary>Final: paid, or never to be executed.</summary>
    public const string A = "A";

    /// <summary>Executed and undone: the money is booked back.</summary>
    public const string B = "B";

    /// <summary>A promise; nothing final.</summary>
    public const string C = "C";

    /// <summary>No information.</summary>
    public const string D = "D";
}
