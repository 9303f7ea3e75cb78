using TwinTrack.Kernel;
using static TwinTrack.Kernel.RefusalKind;

namespace TwinTrack.Enrolments.Domain;

/// <summary>
/// Why a whole file, or one line of it, cannot be read, in order of precedence. All except the last are final for this
/// file: correct it and upload it again.
/// </summary>
public static class FileRefusals
{
    /// <summary>Bytes of one line, its end included.</summary>
    public const int LineMaxBytes = 64 * 1024;

    /// <summary>Bytes of one file.</summary>
    public const long FileMaxBytes = 256L * 1024 * 1024;

    public static readonly Refusal TooLarge = new(
        "file.too_large", "The file is larger than 256 MB. Cut it into several files, households whole.", Invalid);

    public static readonly Refusal Empty = new("file.empty", "The file holds no household.", Invalid);

    public static readonly Refusal NotUtf8 = new(
        "file.not_utf8", "The file is not UTF-8 text. Save it as CSV UTF-8.", Invalid);

    public static readonly Refusal LineTooLong = new(
        "file.line_too_long", "A line is longer than 64 KB; this is not a registry file.", Invalid);

    public static readonly Refusal NoHeader = new(
        "file.no_header", "The first line must name the columns, and it names none of them.", Invalid);

    public static readonly Refusal HouseholdTooLong =
        new("file.household_too_long",
            "More than 100 lines in a row claim to be one household; this is not a registry file.", Invalid);

    public static readonly Refusal MostlyBad =
        new("file.mostly_bad",
            "More than half of the households read so far are wrong; the file as a whole is not to be trusted.");

    public static readonly Refusal Lost = new(
        "file.lost", "The uploaded file is no longer on the server. Upload it again.");

    public static readonly Refusal BrokenQuotes =
        new("row.broken_quotes", "A quote is not closed on this line, or stands inside a field that is not quoted.",
            Invalid);

    public static readonly Refusal TooManyFields = new(
        "row.wrong_columns", "This line has more than 64 fields.", Invalid);

    public static Refusal WrongColumns(int found, int wanted) =>
        new("row.wrong_columns", Invariant($"This line has {found} fields where the header names {wanted}."), Invalid);
}
