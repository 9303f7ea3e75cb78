using System.Text;

namespace TwinTrack.Simulators;

/// <summary>
/// Comma-separated values by RFC 4180. Written without the adapters' library, so that each checks the other.
/// </summary>
public static class Csv
{
    public static string Line(params string?[] cells) => string.Join(',', cells.Select(Cell)) + "\n";

    /// <summary>All records; a quoted cell may hold commas, doubled quotes and line breaks.</summary>
    public static List<string[]> Read(string text)
    {
        var (records, cells, cell, quoted) = (new List<string[]>(), new List<string>(), new StringBuilder(), false);
        for (var at = 0; at < text.Length; at++)
        {
            var letter = text[at];
            if (quoted && letter == '"' && at + 1 < text.Length && text[at + 1] == '"')
            {
                cell.Append('"');
                at++;
            }
            else if (letter == '"')
            {
                quoted = !quoted;
            }
            else if (quoted || letter is not (',' or '\n' or '\r'))
            {
                cell.Append(letter);
            }
            else if (letter != '\r')
            {
                cells.Add(cell.ToString());
                cell.Clear();
                if (letter == '\n')
                {
                    records.Add([.. cells]);
                    cells.Clear();
                }
            }
        }

        if (cells.Count > 0 || cell.Length > 0)
        {
            records.Add([.. cells, cell.ToString()]);
        }

        return records;
    }

    private static string Cell(string? text) =>
        text is null ? "" : text.AsSpan().IndexOfAny(",\"\r\n") < 0
            ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
