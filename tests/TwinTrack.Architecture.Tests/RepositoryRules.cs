using System.Text.RegularExpressions;

namespace TwinTrack.Architecture.Tests;

/// <summary>
/// What every file of the repository keeps to, as a table of name, files and what may not be in a line.
/// </summary>
internal static partial class RepositoryRules
{
    internal const int LinesMax = 400;
    internal const int ColumnsMax = 120;

    internal static readonly (string Rule, string Extensions, Regex Forbidden)[] Table =
    [
        ("Unfinished work is not committed.", ".cs .sh .yml .json", Unfinished()),
        ("A machine's path or a registry's host is nobody's business.", ".cs .md .sh .yml .json .props .csproj",
            MachinePath()),
        ("A fault that is swallowed in silence is a fault found by the poor.", ".cs", EmptyCatch()),
        ("Names say what a thing is.", ".csproj", VagueName()),
        ("A file belongs to one project.", ".csproj", BorrowedFile()),
    ];

    internal static IEnumerable<string> Breaches(string path, string text)
    {
        var extension = Path.GetExtension(path);
        foreach (var (rule, extensions, forbidden) in Table.Where(
            row => extension.Length > 0 && row.Extensions.Split(' ').Contains(extension)))
        {
            if (forbidden.Match(text) is { Success: true } found)
            {
                yield return $"{path}: {rule} ({found.Value.Trim()})";
            }
        }

        var written = IsWritten(path);
        if (written && LongLine(path, text) is { } line)
        {
            yield return Invariant($"{path}: line {line} is longer than {ColumnsMax} columns.");
        }

        if (written && text.Count(letter => letter == '\n') is > LinesMax and var lines)
        {
            yield return Invariant($"{path}: {lines} lines; {LinesMax} is the limit.");
        }
    }

    /// <summary>A generated file is as long and as wide as the document it is made from.</summary>
    internal static bool IsWritten(string path) =>
        path.EndsWith(".cs", StringComparison.Ordinal) && !path.EndsWith(".g.cs", StringComparison.Ordinal);

    /// <summary>
    /// The number of the first line that is too long, or null. In a test the text of a raw literal is test data.
    /// </summary>
    internal static int? LongLine(string path, string text)
    {
        const string Raw = "\"\"\"";
        var mayHoldData = path.StartsWith("tests", StringComparison.Ordinal);
        var inside = false;
        foreach (var (index, line) in text.Split('\n').Index())
        {
            var edges = line.Split(Raw).Length - 1;
            var isData = mayHoldData && (inside || edges > 0);
            if (!isData && line.TrimEnd('\r').Length > ColumnsMax)
            {
                return index + 1;
            }

            inside ^= edges % 2 == 1;
        }

        return null;
    }

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|NotImplementedException)\b")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"(?<![\w.])/(work|root|home)/|api\.nuget|registry\.npm|/tmp/bash_jobs")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"catch\s*(\([^)]*\))?\s*\{\s*\}")]
    private static partial Regex EmptyCatch();

    [GeneratedRegex(@"<Compile Include=""\.\.")]
    private static partial Regex BorrowedFile();

    [GeneratedRegex(@"\.(Common|Shared|Utils|Helpers?|Core|Managers?|BuildingBlocks)\.")]
    private static partial Regex VagueName();
}
