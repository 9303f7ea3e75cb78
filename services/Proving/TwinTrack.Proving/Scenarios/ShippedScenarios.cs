using TwinTrack.Proving.Scenarios.Language;

namespace TwinTrack.Proving.Scenarios;

/// <summary>The scenarios that come with the program, and those that somebody has written.</summary>
internal static class ShippedScenarios
{
    private const string Prefix = "scenario:";

    public static IReadOnlyList<string> Names =>
        [.. typeof(ShippedScenarios).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(name => name[Prefix.Length..])
            .Order(StringComparer.Ordinal)];

    /// <summary>A shipped one's text; null when none has this name.</summary>
    public static string? Text(string name)
    {
        using var stream = typeof(ShippedScenarios).Assembly.GetManifestResourceStream(Prefix + name);
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>What its first comment says.</summary>
    public static string TitleOf(string name) => Text(name)!.Split('\n')[0].TrimStart('#', ' ');

    /// <summary>
    /// Reads a file, or else the shipped one of this name; no more of a file than a scenario may be long.
    /// </summary>
    public static (Scenario? Scenario, IReadOnlyList<LineFault> Faults) Read(string nameOrFile)
    {
        var file = new FileInfo(nameOrFile);
        if (!file.Exists)
        {
            return Text(nameOrFile) is { } shipped
                ? ScenarioParser.Parse(nameOrFile, shipped)
                : (null, [
                    new LineFault(
                        0, $"there is no file {nameOrFile}, and no scenario of that name; shipped are "
                            + $"{string.Join(", ", Names)}")]);
        }

        return file.Length > ScenarioParser.CharactersMax
            ? (null, [new LineFault(0, $"the file has {file.Length} bytes; at most {ScenarioParser.CharactersMax}")])
            : ScenarioParser.Parse(Path.GetFileNameWithoutExtension(file.Name), File.ReadAllText(file.FullName));
    }
}
