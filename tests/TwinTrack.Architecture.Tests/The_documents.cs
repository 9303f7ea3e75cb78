using System.Text.RegularExpressions;

namespace TwinTrack.Architecture.Tests;

/// <summary>Every *.md of the repository.</summary>
public sealed class The_documents
{
    [Fact]
    public void Link_to_files_and_headings_that_exist() =>
        The_repository.Files(Repository.Root)
            .Where(path => path.EndsWith(".md", StringComparison.Ordinal))
            .SelectMany(path => DocumentLinks.Broken(path, File.ReadAllText(path)))
            .Should().BeEmpty();

    [Theory]
    [InlineData("[x](no-such-file.md)")]
    [InlineData("[x](README.md#no-such-heading)")]
    [InlineData("[x](#no-such-heading)")]
    [InlineData("![x](no-such-picture.png)")]
    public void Are_checked_by_a_rule_that_bites(string text) =>
        DocumentLinks.Broken(Path.Combine(Repository.Root, "README.md"), text).Should().ContainSingle();

    [Theory]
    [InlineData("[x](https://example.org/none)")]
    [InlineData("[x](README.md#the-map)")]
    [InlineData("[x](docs)")]
    [InlineData("`[x](no-such-file.md)`")]
    [InlineData("```\n[x](no-such-file.md)\n```")]
    public void May_hold(string text) =>
        DocumentLinks.Broken(Path.Combine(Repository.Root, "README.md"), text).Should().BeEmpty();
}

/// <summary>Relative links of a Markdown text, and the headings that they may name.</summary>
internal static partial class DocumentLinks
{
    /// <summary>One sentence for each link whose file or heading is absent.</summary>
    internal static IEnumerable<string> Broken(string path, string text)
    {
        foreach (var link in Link().Matches(Prose(text)).Select(match => match.Groups[1].Value)
            .Where(link => !External().IsMatch(link)))
        {
            var parts = link.Split('#', 2);
            var target = parts[0].Length == 0 ? path : Path.Combine(Path.GetDirectoryName(path)!, parts[0]);
            var headings = parts.Length == 1 ? null
                : Headings(target == path && parts[0].Length == 0 ? text : File.Exists(target)
                    ? File.ReadAllText(target) : "");
            if (!Path.Exists(target) || headings?.Contains(parts[1]) == false)
            {
                yield return $"{Path.GetRelativePath(Repository.Root, path)} links to {link}, which does not exist.";
            }
        }
    }

    /// <summary>
    /// As GitHub makes them: lower case, no punctuation, dashes for spaces, a number when it repeats.
    /// </summary>
    private static HashSet<string> Headings(string text)
    {
        var seen = new Dictionary<string, int>();
        var headings = new HashSet<string>();
        foreach (Match match in Heading().Matches(Fence().Replace(text, "")))
        {
            var title = Target().Replace(match.Groups[1].Value, "$1").Trim().ToLowerInvariant();
            var slug = Punctuation().Replace(title, "").Replace(' ', '-');
            var count = seen[slug] = seen.GetValueOrDefault(slug) + 1;
            headings.Add(count == 1 ? slug : Invariant($"{slug}-{count - 1}"));
        }

        return headings;
    }

    private static string Prose(string text) => Code().Replace(Fence().Replace(text, ""), "");

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^[a-z]+:")]
    private static partial Regex External();

    [GeneratedRegex(@"^#{1,6} (.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex Target();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Punctuation();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("`[^`\n]*`")]
    private static partial Regex Code();
}
