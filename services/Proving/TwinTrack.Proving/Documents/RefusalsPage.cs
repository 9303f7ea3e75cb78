using System.Text;
using System.Text.RegularExpressions;
using TwinTrack.Running;

namespace TwinTrack.Proving.Documents;

/// <summary>
/// docs/concepts/refusals.md: every refusal, read from the sources, so that sentences with a variable part are shown.
/// </summary>
internal static partial class RefusalsPage
{
    private static readonly Dictionary<string, (int Status, string Later)> Kinds = new()
    {
        ["Invalid"] = (400, "no: change the request"),
        ["NotFound"] = (404, "yes, when it exists"),
        ["Conflict"] = (409, "yes, when the state has changed"),
        ["Rule"] = (422, "no, unless the rule or the facts change"),
        ["400"] = (400, "no: change the request"),
        ["401"] = (401, "yes, with a valid token or password"),
        ["403"] = (403, "yes, when the role is given"),
        ["404"] = (404, "yes, when it exists"),
        ["405"] = (405, "no: change the request"),
        ["408"] = (408, "yes"),
        ["409"] = (409, "yes, after `Retry-After`"),
        ["413"] = (413, "no: change the request"),
        ["415"] = (415, "no: change the request"),
        ["429"] = (429, "yes, after `Retry-After`"),
        ["500"] = (500, "perhaps, when the fault is mended"),
        ["503"] = (503, "yes, after `Retry-After`"),
    };

    private static readonly string[] SourceFolders = ["services", "gateway"];

    private sealed record Row(string Service, string Code, string Kind, string Sentence, string? Later);

    public static string Make()
    {
        var text = new StringBuilder(
            "# Refusals\n\nA refusal is a problem document (RFC 9457). Its code is the last part of `type` and never "
            + "changes. {…} stands for a value. `./twintrack docs` makes this page from the sources; do not edit "
            + "it.\n");
        foreach (var service in Rows(Installation.Sources()).GroupBy(row => row.Service))
        {
            text.Append("\n## ").Append(service.Key)
                .Append("\n\n| code | status | sentence | may the same request succeed later? |\n")
                .Append("| --- | --- | --- | --- |\n");
            foreach (var row in service.DistinctBy(row => (row.Code, row.Sentence)))
            {
                var (status, later) = Kinds[row.Kind];
                text.Append("| ").AppendJoin(
                    " | ", $"`{row.Code}`", status, row.Sentence.Replace("|", "\\|", StringComparison.Ordinal),
                    row.Later ?? later).Append(" |\n");
            }
        }

        return text.ToString();
    }

    private static IEnumerable<Row> Rows(string sources) =>
        SourceFolders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(sources, folder), "*.cs",
                SearchOption.AllDirectories))
            .Where(path => !Excluded().IsMatch(path))
            .SelectMany(path => Read(ServiceOf(path), File.ReadAllText(path)))
            .OrderBy(row => row.Service, StringComparer.Ordinal).ThenBy(row => row.Code, StringComparer.Ordinal)
            .ThenBy(row => row.Sentence, StringComparer.Ordinal);

    private static IEnumerable<Row> Read(string service, string text)
    {
        foreach (Match start in Start().Matches(text))
        {
            var at = start.Index + start.Length;
            var sentence = Sentence(text, ref at);
            if (sentence.Length == 0)
            {
                continue;
            }

            var kind = Kind().Match(text, at);
            var before = text[..start.Index];
            var comment = Later().Matches(before) is [.., var last] && before.Length - last.Index < 500
                && !before[last.Index..].Contains(';', StringComparison.Ordinal) ? last.Value : null;
            yield return new Row(service, start.Groups[1].Value,
                kind.Success && kind.Index == at ? kind.Groups[1].Value : "Rule", sentence, Plain(comment));
        }
    }

    /// <summary>The string literals from here on, joined; a variable part is shown in braces.</summary>
    private static string Sentence(string text, ref int at)
    {
        var sentence = new StringBuilder();
        var (depth, calls) = (0, 0);
        for (var inside = false; at < text.Length; at++)
        {
            var letter = text[at];
            if (inside && depth == 0 && letter == '"')
            {
                inside = false;
            }
            else if (inside)
            {
                depth += letter == '{' ? 1 : letter == '}' ? -1 : 0;
                sentence.Append(letter);
            }
            else if (letter == '"')
            {
                inside = true;
            }
            else if (letter == '(')
            {
                calls++;
            }
            else if (letter == ')' && calls > 0)
            {
                calls--;
            }
            else if (letter is ',' or ')' && calls == 0)
            {
                break;
            }
        }

        return Variable().Replace(sentence.ToString(), "{…}");
    }

    private static string? Plain(string? comment) => comment is null ? null
        : Markup().Replace(comment, " ").Replace("///", " ", StringComparison.Ordinal) is var plain
            ? string.Join(' ', plain.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) : null;

    private static string ServiceOf(string path) =>
        Service().Match(path) is { Success: true } found ? found.Groups[1].Value : "Gateway";

    [GeneratedRegex(@"\bnew(?:\s+Refusal)?\(\s*""([a-z_]+\.[a-z_0-9]+)"",\s*(?=(?:Invariant\(\s*)?\$?"")")]
    private static partial Regex Start();

    [GeneratedRegex(@"\G,\s*(?:RefusalKind\.|StatusCodes\.Status)?(Invalid|NotFound|Conflict|Rule|\d{3})")]
    private static partial Regex Kind();

    [GeneratedRegex(@"(?:May|Never|None) (?:\w+ )*?succeeds?[^<;]*(?=</summary>)")]
    private static partial Regex Later();

    [GeneratedRegex(@"\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}")]
    private static partial Regex Variable();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Markup();

    [GeneratedRegex(@"[/\\]services[/\\](\w+)[/\\]")]
    private static partial Regex Service();

    [GeneratedRegex(@"[/\\](obj|bin|artifacts|TwinTrack\.Cli|TwinTrack\.Simulat\w+)[/\\]")]
    private static partial Regex Excluded();
}
