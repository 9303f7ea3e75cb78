using System.Globalization;
using TwinTrack.Proving.Demo;

namespace TwinTrack.Proving.Scenarios.Language;

/// <summary>One kind of thing that a line may name.</summary>
/// <param name="Name">As it stands in a pattern, between braces.</param>
/// <param name="Expected">What is said to somebody who wrote something else.</param>
/// <param name="Read">
/// Reads it off the words; null where something else stands. May have passed over words then.
/// </param>
internal sealed record Kind(string Name, string Expected, Func<Words, object?> Read);

/// <summary>Everything that a line may name, as a table.</summary>
internal static class Kinds
{
    private const int AreasMax = 8;
    private const int TextMax = 200;

    private static readonly string[] Channels = [.. DemoChannels.All.Select(channel => channel.Code)];
    private static readonly string[] Regions = [.. Demo.NigerRegions.Regions.Select(region => region.Code)];

    /// <summary>The longer ones first, so that the shorter does not hide them.</summary>
    private static readonly string[] Signs = ["<=", ">=", "<", ">", "="];

    private static readonly (string Phrase, ProviderFault Fault)[] Faults =
    [
        ("refuses", ProviderFault.Refuses), ("keeps silent on", ProviderFault.KeepsSilent),
        ("loses", ProviderFault.Loses),
        ("answers late on", ProviderFault.AnswersLate), ("sends back", ProviderFault.SendsBack),
        ("repeats its word on", ProviderFault.Repeats),
    ];

    public static readonly Kind[] Table =
    [
        Number("households", DemoOptions.HouseholdsMin, 20_000),
        Number("number", 0, int.MaxValue),
        Number("count", 1, 100_000),
        Number("minutes", 1, 60),
        Number("seconds", 0, 600),
        new("percent", "a share such as 30 %", Percent),
        OneOf("channel", Channels),
        OneOf("account", [DemoChannels.MobileMoney.Code, DemoChannels.Bank.Code]),
        OneOf("source", [Rule.TreasurySource, Rule.PartnerSource]),
        OneOf("reason", ["funds_suspended", "disrupted", "no_access", "security", "saturated"]),
        OneOf("metric", [.. Metrics.Table.Select(metric => metric.Name)]),
        new("track", "1 or 2", static words => words.Next() switch { "1" => 1, "2" => 2, _ => null }),
        new("fault", Or(Faults.Select(fault => $"'{fault.Phrase}'")),
            static words => Faults.Where(fault => words.TakeAll(fault.Phrase)).Select(fault => (object?)fault.Fault)
                .FirstOrDefault()),
        new("way", $"track 1, track 2, {Or(Channels)}", Way),
        new("areas", $"areas of {Regions[0]} to {Regions[^1]}, with commas between them", Areas),
        new("scope", $"everything, or areas of {Regions[0]} to {Regions[^1]}, with commas between them",
            static words => words.Take("everything")
                ? Array.Empty<string>() : words.Take("areas") ? Areas(words) : null),
        new("text", $"a text between quotes of 1 to {TextMax} characters", Text),
        new("word", "a word of the reason, such as funding",
            static words => words.Next() is { } word && char.IsLetter(word[0]) ? word : null),
        new("measure", "a number, with <, >, <= or >= before it if it is a bound", Measure),
    ];

    private static readonly Dictionary<string, Kind> ByName = Table.ToDictionary(kind => kind.Name);

    public static Kind Of(string name) => ByName[name];

    private static Kind Number(string name, int min, int max) => new(
        name,
        max == int.MaxValue ? "a whole number"
            : Invariant($"a whole number from {min} to {max}"),
        words => int.TryParse(words.Next(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= min && number <= max ? number : null);

    private static Kind OneOf(string name, string[] words) => new(
        name, Or(words),
        reading => reading.Next() is { } next
            ? words.FirstOrDefault(word => string.Equals(word, next, StringComparison.OrdinalIgnoreCase)) : null);

    private static object? Percent(Words words) =>
        double.TryParse(words.Next(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number is > 0 and <= 100 && words.Take("%") ? number / 100 : null;

    private static ScenarioChannel? Way(Words words)
    {
        if (words.Take("track"))
        {
            return words.Next() is { } word && int.TryParse(word, CultureInfo.InvariantCulture, out var track)
                && DemoChannels.All.Where(channel => channel.Track == track).ToList() is { Count: > 0 } own
                ? new ScenarioChannel(Invariant($"track {track}"), own.ConvertAll(channel => channel.Code))
                : null;
        }

        return words.Next() is { } code
            && Channels.FirstOrDefault(
                channel => string.Equals(channel, code, StringComparison.OrdinalIgnoreCase)) is { } known
                ? new ScenarioChannel(known, [known]) : null;
    }

    private static string[]? Areas(Words words)
    {
        var areas = new List<string>();
        do
        {
            if (areas.Count == AreasMax || words.Next() is not { } word
                || Regions.FirstOrDefault(
                    region => string.Equals(region, word, StringComparison.OrdinalIgnoreCase)) is not { } area
                    || areas.Contains(area))
            {
                return null;
            }

            areas.Add(area);
        }
        while (words.Take(","));
        return [.. areas];
    }

    private static string? Text(Words words) =>
        words.Next() is ['"', .. { Length: >= 1 and <= TextMax } text, '"'] ? text : null;

    private static Measure? Measure(Words words)
    {
        var sign = Signs.FirstOrDefault(words.Take) ?? "=";
        return long.TryParse(words.Next(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? new Measure(sign, number) : null;
    }

    private static string Or(IEnumerable<string> words) =>
        words.ToList() is { Count: > 1 } many ? $"{string.Join(", ", many[..^1])} or {many[^1]}" : string.Concat(words);
}
