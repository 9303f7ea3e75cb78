using System.Text.RegularExpressions;

namespace TwinTrack.Architecture.Tests;

/// <summary>
/// What every file of the repository keeps to, as a table of name, files and what may not be in a line.
/// </summary>
internal static partial class RepositoryRules
{
    internal const int LinesMax = 400;
    internal const int ColumnsMax = 120;

    /// <summary>
    /// Folders whose long texts in quotes are not broken yet. A folder without one must leave the list.
    /// </summary>
    internal static readonly string[] LongTexts =
    [
        "services/Platform",
        "services/Providers",
        "services/Routing",
        "tests/TwinTrack.Architecture.Tests",
        "tests/TwinTrack.Deployment.Tests",
        "tests/TwinTrack.Domain.Tests",
        "tests/TwinTrack.EndToEnd.Tests",
        "tests/TwinTrack.Platform.Tests",
        "tests/TwinTrack.Providers.Tests",
        "tests/TwinTrack.Services.Tests",
    ];

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
        if (written && FolderOf(path) is null && LongLine(text) is { } line)
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

    /// <summary>The folder of <see cref="LongTexts"/> that a file lies in, or null.</summary>
    internal static string? FolderOf(string path) => LongTexts.FirstOrDefault(
        folder => path.Replace('\\', '/').StartsWith(folder + "/", StringComparison.Ordinal));

    /// <summary>
    /// The number of the first line that is too long, or null. The text of a raw literal is a document of its own.
    /// </summary>
    internal static int? LongLine(string text)
    {
        const string Raw = "\"\"\"";
        var inside = false;
        foreach (var (index, line) in text.Split('\n').Index())
        {
            var edges = line.Split(Raw).Length - 1;
            if (!inside && edges == 0 && line.TrimEnd('\r').Length > ColumnsMax)
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
