using System.Text.RegularExpressions;

namespace TwinTrack.Architecture.Tests;

/// <summary>
/// docs/concepts/invariants.md: each invariant names the code that keeps it and a test that attacks it.
/// </summary>
public sealed partial class The_invariants
{
    private static readonly string Folder = Path.Combine(Repository.Root, "docs", "concepts");
    private static readonly string[] Rows =
        [.. File.ReadLines(Path.Combine(Folder, "invariants.md")).Where(line => Number().IsMatch(line))];

    [Fact]
    public void Are_numbered_without_a_gap() =>
        Rows.Select(row => int.Parse(Number().Match(row).Groups[1].Value, null)).Should()
            .Equal(Enumerable.Range(1, Rows.Length)).And.HaveCountGreaterThan(13);

    [Fact]
    public void Link_to_code_and_tests_that_exist()
    {
        foreach (var row in Rows)
        {
            var links = Link().Matches(row).Select(match => match.Groups[1].Value).ToList();
            links.Should().Contain(link => link.Contains("/services/")).And.Contain(link => link.Contains("/tests/"));
            links.Where(link => !Path.Exists(Path.Combine(Folder, link))).Should().BeEmpty();
        }
    }

    [GeneratedRegex(@"^\| (\d+) \|")]
    private static partial Regex Number();

    [GeneratedRegex(@"\]\(([^)]+)\)")]
    private static partial Regex Link();
}
