using System.Text;
using System.Text.RegularExpressions;
using TwinTrack.Running;

namespace TwinTrack.Proving.Documents;

/// <summary>
/// docs/concepts/glossary.md: the words of <c>glossary.txt</c>, and those of Contracts/Words with their comments.
/// </summary>
internal static partial class GlossaryPage
{
    public static string Make()
    {
        var sources = Installation.Sources();
        var sections = Sections(Path.Combine(sources, "services/Proving/TwinTrack.Proving/Documents/glossary.txt"));
        var text = new StringBuilder(
            "# Glossary\n\nEach word has one meaning, in the code, in messages and in these pages. Made from "
            + "`glossary.txt` beside its generator and from `Contracts/Words` by `./twintrack docs`; do not edit.\n"
            + "\n## The domain\n");
        Append(text, sections["domain"]);
        text.Append("\n## Words on the wire\n");
        foreach (var path in Directory
            .GetFiles(Path.Combine(sources, "services/Contracts/TwinTrack.Contracts/Words"), "*.cs")
            .Order(StringComparer.Ordinal))
        {
            AppendWords(text, File.ReadAllText(path));
        }

        text.Append("\n## Plain technical nouns\nThe last word of a type's name is one of these or one of the domain."
            + "\n");
        Append(text, [.. sections["technical"], .. sections["proper"]]);
        text.Append("\n## Names that are declared more than once\n");
        Append(text, sections["twice"]);
        return text.ToString();
    }

    /// <summary>The lines of each section, which begins with <c># name</c>.</summary>
    private static Dictionary<string, List<(string Word, string Meaning)>> Sections(string path)
    {
        var sections = new Dictionary<string, List<(string, string)>>(StringComparer.Ordinal);
        var section = new List<(string, string)>();
        foreach (var line in File.ReadLines(path))
        {
            if (line.StartsWith('#'))
            {
                sections[line[2..]] = section = [];
            }
            else if (line.Split(": ", 2) is [var word, var meaning])
            {
                section.Add((word, meaning));
            }
        }

        return sections;
    }

    private static void Append(StringBuilder text, IEnumerable<(string Word, string Meaning)> rows)
    {
        text.Append("\n| word | meaning |\n| --- | --- |\n");
        foreach (var (word, meaning) in rows)
        {
            text.Append("| ").Append(word).Append(" | ").Append(meaning).Append(" |\n");
        }
    }

    private static void AppendWords(StringBuilder text, string source)
    {
        var name = Name().Match(source).Groups[1].Value;
        var documented = Documented().Matches(source);
        text.Append("\n### ").Append(name).Append('\n').Append(Plain(documented[0].Groups["summary"].Value))
            .Append('\n');
        Append(text, documented.Where(match => match.Groups["word"].Success)
            .Select(match => ($"`{match.Groups["word"].Value}`", Plain(match.Groups["summary"].Value))));
    }

    private static string Plain(string summary) => string.Join(' ', Code().Replace(summary, "`$1$2`")
        .Replace("///", " ", StringComparison.Ordinal)
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex(@"public static class (\w+)")]
    private static partial Regex Name();

    [GeneratedRegex(
        @"<summary>(?<summary>.*?)</summary>\s*(?:public const \w+ \w+ = ""?(?<word>[^"";]+)""?;)?",
        RegexOptions.Singleline)]
    private static partial Regex Documented();

    [GeneratedRegex(@"<c>(.*?)</c>|<see cref=""([^""]*)""\s*/>")]
    private static partial Regex Code();
}
