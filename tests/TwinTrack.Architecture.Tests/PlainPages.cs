using System.Text.RegularExpressions;

namespace TwinTrack.Architecture.Tests;

/// <summary>Finds long sentences in pages, in Markdown.</summary>
internal static partial class PlainPages
{
    /// <summary>
    /// <c>./twintrack docs</c> writes these pages from string literals. Most of these literals are cells of a table, so
    /// the cells of these pages are checked too.
    /// </summary>
    private static readonly string[] Generated =
    [
        "docs/concepts/glossary.md", "docs/concepts/lifecycles.md", "docs/concepts/messages.md",
        "docs/concepts/refusals.md", "docs/concepts/status-codes.md", "docs/using/scenarios.md",
    ];

    /// <summary>An entry of the changelog is never changed after its day.</summary>
    private const string Changelog = "CHANGELOG.md";

    internal static bool IsPage(string path) => path.EndsWith(".md", StringComparison.Ordinal) && path != Changelog;

    internal static bool IsGenerated(string path) => Generated.Contains(path);

    /// <summary>One text for each sentence that is too long.</summary>
    /// <param name="page">The page's text.</param>
    /// <param name="cells">Whether the cells of tables are checked.</param>
    internal static IEnumerable<string> LongSentences(string page, bool cells = false) =>
        Paragraphs(page).Concat(cells ? Cells(page) : []).Select(Plain).SelectMany(PlainWords.Sentences)
            .Where(sentence => PlainWords.WordsOf(sentence) > PlainWords.WordsMax);

    /// <summary>Paragraphs and list items. Tables, headings and code have no sentences.</summary>
    private static IEnumerable<string> Paragraphs(string page)
    {
        var lines = new List<string>();
        var fenced = false;
        foreach (var line in page.Split('\n').Append(""))
        {
            var text = line.Trim();
            var fence = text.StartsWith("```", StringComparison.Ordinal);
            fenced ^= fence;
            var prose = !fenced && !fence && text.Length > 0 && !NoProse().IsMatch(text)
                && (lines.Count > 0 || !line.StartsWith("    ", StringComparison.Ordinal));
            if (lines.Count > 0 && (!prose || Item().IsMatch(text)))
            {
                yield return string.Join(' ', lines);
                lines.Clear();
            }

            if (prose)
            {
                lines.Add(Item().Replace(text, ""));
            }
        }
    }

    private static IEnumerable<string> Cells(string page) => page.Split('\n')
        .Where(line => line.StartsWith('|')).SelectMany(line => Divider().Split(line)).Select(cell => cell.Trim());

    /// <summary>Code counts as one word, and a link as its text.</summary>
    private static string Plain(string paragraph) =>
        Link().Replace(Code().Replace(paragraph, "code"), "$1").Replace("*", "", StringComparison.Ordinal);

    [GeneratedRegex(@"^(\||#{1,6} |<!--|-{3,}$)", RegexOptions.ExplicitCapture)]
    private static partial Regex NoProse();

    [GeneratedRegex(@"^([*+-]|\d+\.|>)\s+", RegexOptions.ExplicitCapture)]
    private static partial Regex Item();

    /// <summary>A bar in a cell's text has a backslash.</summary>
    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Divider();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex Code();

    [GeneratedRegex(@"!?\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex Link();
}
