using System.Text.Json;
using System.Text.RegularExpressions;

namespace TwinTrack.Architecture.Tests;

/// <summary>
/// tests/Guards/guards.json lists every guard on the way of money. <c>./twintrack guards</c> weakens each in turn.
/// </summary>
public sealed partial class The_guards_of_money
{
    private static readonly IReadOnlyList<ListedGuard> Guards = Read<ListedGuard>("guards.json");
    private static readonly IReadOnlyList<Exempt> NotAboutMoney = Read<Exempt>("not-about-money.json");

    [Fact]
    public void Have_an_id_of_their_own() => Guards.Select(guard => guard.Id).Should().OnlyHaveUniqueItems();

    [Fact]
    public void Stand_in_the_code_exactly_once() => Guards
        .Where(guard => guard.Occurrences(ReadText(guard.File)) != 1)
        .Select(guard => $"{guard.Id}: '{guard.Find}' must stand once in {guard.File}. Write the guard's text of today "
            + "into tests/Guards/guards.json, and run ./twintrack guards --only " + guard.Id)
        .Should().BeEmpty();

    [Fact]
    public void Name_a_test_that_exists()
    {
        var tests = Guards.Select(guard => guard.Project).Distinct().ToDictionary(
            project => project,
            project => TestsOf(Path.Combine(Repository.Root, "tests", $"TwinTrack.{project}.Tests")));

        Guards.Where(guard => !tests[guard.Project].Contains(guard.Test))
            .Select(guard => $"{guard.Id}: there is no test {guard.Test}").Should().BeEmpty();
    }

    [Fact]
    public void Give_every_refusal_that_is_about_money()
    {
        var given = Guards.SelectMany(guard => guard.Refuses ?? []).ToHashSet();
        var codes = RefusalCodes();

        codes.Where(code => !given.Contains(code) && !NotAboutMoney.Any(exempt => exempt.Covers(code)))
            .Should().BeEmpty("a refusal is given by a guard in guards.json or stands in not-about-money.json");
        given.Except(codes).Should().BeEmpty("a guard gives a refusal that the code has");
    }

    [Fact]
    public void Are_not_exempted_for_nothing()
    {
        var codes = RefusalCodes();

        NotAboutMoney.SelectMany(exempt => exempt.Codes)
            .Where(pattern => !codes.Any(code => Exempt.Matches(pattern, code))).Should().BeEmpty("each pattern in not-about-money.json covers a code");
    }

    [Fact]
    public void Are_told_from_a_text_that_stands_twice() =>
        new ListedGuard("x", "f", "a && b", "P", "T").Occurrences("a\n  && b; a && b").Should().Be(2);

    private static HashSet<string> RefusalCodes() =>
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "services"), "*.cs", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "gateway"), "*.cs",
                SearchOption.AllDirectories))
            .Where(path => !Excluded().IsMatch(path))
            .SelectMany(path => RefusalCode().Matches(File.ReadAllText(path)))
            .Select(match => match.Groups[1].Value)];

    /// <summary>Every test of a project, as namespace, class and method.</summary>
    private static HashSet<string> TestsOf(string folder)
    {
        var tests = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(File.ReadAllText))
        {
            var space = Namespace().Match(text).Groups[1].Value;
            foreach (var (name, from, until) in Classes(text))
            {
                tests.UnionWith(
                    Method().Matches(text[from..until]).Select(method => $"{space}.{name}.{method.Groups[1].Value}"));
            }
        }

        return tests;
    }

    private static IEnumerable<(string Name, int From, int Until)> Classes(string text)
    {
        var classes = Class().Matches(text);
        for (var index = 0; index < classes.Count; index++)
        {
            yield return (classes[index].Groups[1].Value, classes[index].Index,
                index + 1 < classes.Count ? classes[index + 1].Index : text.Length);
        }
    }

    private static IReadOnlyList<T> Read<T>(string name) =>
        JsonSerializer.Deserialize<List<T>>(ReadText($"tests/Guards/{name}"), JsonSerializerOptions.Web)!;

    private static string ReadText(string file) => File.ReadAllText(Path.Combine(Repository.Root, file));

    [GeneratedRegex(@"\bnew(?:\s+(?:Refusal|ProtocolRule))?\(\s*""([a-z_]+\.[a-z_0-9]+)""")]
    private static partial Regex RefusalCode();

    [GeneratedRegex(@"[/\\](obj|bin|artifacts|TwinTrack\.Cli|TwinTrack\.Simulat\w+)[/\\]")]
    private static partial Regex Excluded();

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^public sealed (?:partial )?class (\w+)", RegexOptions.Multiline)]
    private static partial Regex Class();

    [GeneratedRegex(@"^    public (?:async )?(?:Task|void|Property) (\w+)\(", RegexOptions.Multiline)]
    private static partial Regex Method();

    private sealed record ListedGuard(string Id, string File, string Find, string Project, string Test,
        IReadOnlyList<string>? Refuses = null)
    {
        /// <summary>How often the text stands there; any white space matches any other.</summary>
        public int Occurrences(string text) => Regex.Count(text, string.Join(@"\s+",
            Find.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Regex.Escape)));
    }

    /// <param name="Codes">Codes of refusals; a star stands for any part.</param>
    /// <param name="Reason">Why no guard of money gives them.</param>
    private sealed record Exempt(IReadOnlyList<string> Codes, string Reason)
    {
        public bool Covers(string code) => Codes.Any(pattern => Matches(pattern, code));

        public static bool Matches(string pattern, string code) =>
            Regex.IsMatch(code, $"^{Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal)}$");
    }
}
