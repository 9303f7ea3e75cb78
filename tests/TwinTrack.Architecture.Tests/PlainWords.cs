using System.Text.RegularExpressions;

namespace TwinTrack.Architecture.Tests;

/// <summary>Finds long sentences in comments, and long titles of tests.</summary>
internal static partial class PlainWords
{
    internal const int WordsMax = 22;
    internal const int TitleMax = 80;

    /// <summary>One text for each sentence that is too long.</summary>
    internal static IEnumerable<string> LongSentences(string source) =>
        Comments(source).SelectMany(Sentences).Where(sentence => WordsOf(sentence) > WordsMax);

    /// <summary>Titles of tests that are too long. A title is a method's name with underscores.</summary>
    internal static IEnumerable<string> LongTitles(string source) =>
        TestMethod().Matches(source).Select(match => match.Groups["name"].Value).Where(name => name.Length > TitleMax);

    /// <summary>The comments of a source. Comment lines that follow each other are one comment.</summary>
    internal static IEnumerable<string> Comments(string source)
    {
        var lines = new List<string>();
        foreach (var line in source.Split('\n').Append(""))
        {
            if (WholeLine().Match(line) is { Success: true } whole)
            {
                lines.Add(whole.Groups["text"].Value);
                continue;
            }

            if (lines.Count > 0)
            {
                yield return string.Join(' ', lines);
                lines.Clear();
            }

            if (EndOfLine().Match(line) is { Success: true } end)
            {
                yield return end.Groups["text"].Value;
            }
        }
    }

    /// <summary>
    /// The sentences of a comment. An element such as a parameter is a text of its own. Code counts as one word.
    /// </summary>
    internal static IEnumerable<string> Sentences(string comment)
    {
        var text = CodeBlock().Replace(comment, " ");
        text = Reference().Replace(text, "${name}");
        text = Code().Replace(text, "code");
        return Element().Split(text).SelectMany(part => SentenceEnd().Split(part.Trim()));
    }

    internal static int WordsOf(string sentence) =>
        sentence.Split(' ', StringSplitOptions.RemoveEmptyEntries).Count(word => word.Any(char.IsLetterOrDigit));

    [GeneratedRegex(@"^\s*///? ?(?<text>.*?)\r?$")]
    private static partial Regex WholeLine();

    [GeneratedRegex(@"^[^""]*\S\s+// (?<text>.*?)\r?$")]
    private static partial Regex EndOfLine();

    [GeneratedRegex("<code>.*?</code>")]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"<(see|seealso|paramref|typeparamref) \w+=""(?<name>[^""]*)""\s*/>")]
    private static partial Regex Reference();

    [GeneratedRegex("<c>.*?</c>")]
    private static partial Regex Code();

    [GeneratedRegex("</?[a-z]+[^>]*>", RegexOptions.ExplicitCapture)]
    private static partial Regex Element();

    [GeneratedRegex(@"(?<=[.!?])(?<!e\.g\.)(?<!i\.e\.)\s+", RegexOptions.ExplicitCapture)]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"\bpublic [\w<>, ]+ (?<name>\w+_\w+)\(")]
    private static partial Regex TestMethod();
}
