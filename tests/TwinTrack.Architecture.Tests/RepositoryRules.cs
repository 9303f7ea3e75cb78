using System.Text.RegularExpressions;

namespace TwinTrack.Architecture.Tests;

/// <summary>
/// What every file of the repository keeps to, as a table of name, files and what may not be in a line.
/// </summary>
internal static partial class RepositoryRules
{
    internal const int LinesMax = 400;

    internal static readonly (string Rule, string Extensions, Regex Forbidden)[] Table =
    [
        ("Unfinished work is not committed.", ".cs .sh .yml .json", Unfinished()),
        ("A machine's path or a registry's host is nobody's business.", ".cs .md .sh .yml .json .props .csproj",
            MachinePath()),
        ("A fault that is swallowed in silence is a fault found by the poor.", ".cs", EmptyCatch()),
        ("Names say what a thing is.", ".csproj", VagueName()),
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

        // A generated file is as long as the document it is made from.
        var written = extension == ".cs" && !path.EndsWith(".g.cs", StringComparison.Ordinal);
        if (written && text.Count(letter => letter == '\n') is > LinesMax and var lines)
        {
            yield return Invariant($"{path}: {lines} lines; {LinesMax} is the limit.");
        }
    }

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|NotImplementedException)\b")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"(?<![\w.])/(work|root|home)/|api\.nuget|registry\.npm|/tmp/bash_jobs")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"catch\s*(\([^)]*\))?\s*\{\s*\}")]
    private static partial Regex EmptyCatch();

    [GeneratedRegex(@"\.(Common|Shared|Utils|Helpers?|Core|Managers?|BuildingBlocks)\.")]
    private static partial Regex VagueName();
}
