using System.Text.Json;
using System.Text.RegularExpressions;
using TwinTrack.Cli;

namespace TwinTrack.Proving.Guards;

/// <summary>
/// One condition that protects money: it refuses, withholds, holds, or keeps in doubt. When it is weakened, its test
/// must fail.
/// </summary>
/// <param name="File">From the root of the repository.</param>
/// <param name="Protects">What would happen to money without it, in one sentence.</param>
/// <param name="Find">Stands exactly once in the file; any white space matches any other.</param>
/// <param name="Replace">The weakening.</param>
/// <param name="Project">The test project, such as Domain or Services.</param>
/// <param name="Test">The full name of the test that fails.</param>
/// <param name="Refuses">Codes of the refusals that the guard gives.</param>
internal sealed record MoneyGuard(string Id, string File, string Protects, string Find, string Replace, string Project,
    string Test, IReadOnlyList<string>? Refuses = null)
{
    /// <summary>The file's text without this guard.</summary>
    /// <returns>Null where the text to be replaced is not there exactly once.</returns>
    public string? Weaken(string text)
    {
        var pattern = string.Join(@"\s+",
            Find.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Regex.Escape));
        var found = Regex.Matches(text, pattern);
        return found is [var only]
            ? string.Concat(text.AsSpan(0, only.Index), Replace, text.AsSpan(only.Index + only.Length)) : null;
    }
}

/// <summary>Every guard on the way of money: tests/Guards/guards.json.</summary>
internal static class MoneyGuardList
{
    private const string Path = "tests/Guards/guards.json";

    public static IReadOnlyList<MoneyGuard> Read(string sources) =>
        JsonSerializer.Deserialize<List<MoneyGuard>>(
            File.ReadAllText(System.IO.Path.Combine(sources, Path)), JsonSerializerOptions.Web)
        ?? throw new UsageException($"{Path} is empty.");
}
