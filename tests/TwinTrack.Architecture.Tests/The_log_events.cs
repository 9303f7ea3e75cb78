using System.Globalization;
using System.Text.RegularExpressions;

namespace TwinTrack.Architecture.Tests;

/// <summary>The ids of log lines, held to the ranges of docs/operating/log-events.md.</summary>
public sealed partial class The_log_events
{
    private static readonly IReadOnlyList<Range> Ranges = [.. File
        .ReadLines(Path.Combine(Repository.Root, "docs", "operating", "log-events.md"))
        .Select(line => Row().Match(line)).Where(match => match.Success)
        .Select(match => new Range(match.Groups["folder"].Value, Number(match, "from"), Number(match, "to")))];

    [Fact]
    public void Lie_in_the_range_of_their_service_and_stand_once()
    {
        var lines = new[] { "services", "gateway" }
            .SelectMany(folder => Directory.EnumerateFiles(
                Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
            .Select(path => (Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'), File.ReadAllText(path)))
            .SelectMany(file => Lines(file.Item1, file.Item2)).ToList();

        lines.Should().HaveCountGreaterThan(40);
        Breaches(lines).Should().BeEmpty();
    }

    [Fact]
    public void Have_ranges_that_do_not_overlap() =>
        Ranges.Zip(Ranges.Skip(1)).Should().OnlyContain(pair => pair.First.To < pair.Second.From)
            .And.HaveCountGreaterThan(7);

    [Theory]
    [InlineData("services/Payments/A.cs", "[LoggerMessage(EventId = 3001, Level = LogLevel.Debug)]")]
    [InlineData("services/Payments/A.cs", "[LoggerMessage(Level = LogLevel.Debug)]")]
    [InlineData("services/Unknown/A.cs", "[LoggerMessage(EventId = 4001)]")]
    [InlineData("services/Payments/A.cs", "[LoggerMessage(EventId = 4001)] a; [LoggerMessage(EventId = 4001)]")]
    [InlineData("services/Providers/TwinTrack.Simulators/A.cs", "[LoggerMessage(EventId = 5001)]")]
    public void Are_held_by_a_rule_that_bites(string path, string text) =>
        Breaches(Lines(path, text)).Should().ContainSingle();

    private static IEnumerable<Line> Lines(string path, string text) =>
        Logged().Matches(text).Select(match => new Line(path, match.Groups["id"] is { Success: true } id
            ? int.Parse(id.Value, CultureInfo.InvariantCulture) : null));

    private static IEnumerable<string> Breaches(IEnumerable<Line> lines) =>
        lines.Where(line => Ranges.LastOrDefault(range => line.Path.StartsWith(range.Folder + "/",
                StringComparison.Ordinal)) is not { } range || line.Id is null || line.Id < range.From
                || line.Id > range.To)
            .Select(line =>
                Invariant($"{line.Path}: event id {line.Id} is not in the service's range."))
            .Concat(lines.Where(line => line.Id is not null).GroupBy(line => line.Id).Where(same => same.Count() > 1)
                .Select(same => Invariant($"Event id {same.Key} stands in ")
                    + $"{string.Join(" and ", same.Select(it => it.Path))}."));

    private static int Number(Match match, string group) =>
        int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    private sealed record Range(string Folder, int From, int To);

    private sealed record Line(string Path, int? Id);

    [GeneratedRegex(@"^\| (?<from>\d+) \| (?<to>\d+) \| [^|]+ \| `(?<folder>[^`]+)` \|")]
    private static partial Regex Row();

    [GeneratedRegex(@"\[LoggerMessage\((?:EventId = (?<id>\d+))?")]
    private static partial Regex Logged();
}
