using TwinTrack.Kernel;

namespace TwinTrack.Enrolments.Domain;

/// <summary>What is wrong with one row of an uploaded file.</summary>
/// <param name="Row">Line in the file; the header is line 1.</param>
/// <param name="Field">Column, or <c>row</c> when the line as a whole cannot be read.</param>
/// <param name="Code">Stable dotted code.</param>
/// <param name="Reason">One sentence; never holds the value itself, which may be personal.</param>
public sealed record RowError(long Row, string Field, string Code, string Reason)
{
    /// <summary>The field that stands for the whole line.</summary>
    public const string WholeRow = "row";

    public static RowError Of(long row, string field, Refusal refusal) => new(row, field, refusal.Code, refusal.Reason);
}
