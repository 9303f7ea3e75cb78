using System.Text;
using TwinTrack.Kernel;

namespace TwinTrack.Enrolments.Domain;

/// <summary>
/// Cuts one physical line by RFC 4180: commas, optional quotes, a quote inside quotes doubled. A field that runs over
/// the end of a line is refused. So a row's number is its line in the file, and reading can start at any line.
/// </summary>
public static class CsvLine
{
    /// <summary>More fields than any of our files has. Further fields are not stored.</summary>
    private const int FieldsMax = 64;

    public static Result<IReadOnlyList<string>> Cut(string line)
    {
        var fields = new List<string>(12);
        var at = 0;
        while (true)
        {
            if (fields.Count == FieldsMax)
            {
                return FileRefusals.TooManyFields;
            }

            var quoted = at < line.Length && line[at] == '"';
            var field = quoted ? Quoted(line, ref at) : Plain(line, ref at);
            if (field is null)
            {
                return FileRefusals.BrokenQuotes;
            }

            fields.Add(field);
            if (at == line.Length)
            {
                return fields;
            }

            at++;
        }
    }

    /// <summary>
    /// Stops at the comma or the line's end. Null when the field contains a quote, which RFC 4180 forbids.
    /// </summary>
    private static string? Plain(string line, ref int at)
    {
        var end = line.IndexOf(',', at);
        end = end < 0 ? line.Length : end;
        var field = line[at..end];
        at = end;
        return field.Contains('"', StringComparison.Ordinal) ? null : field;
    }

    private static string? Quoted(string line, ref int at)
    {
        var text = new StringBuilder();
        var from = at + 1;
        while (true)
        {
            var quote = line.IndexOf('"', from);
            if (quote < 0)
            {
                return null;
            }

            text.Append(line, from, quote - from);
            if (quote + 1 < line.Length && line[quote + 1] == '"')
            {
                text.Append('"');
                from = quote + 2;
                continue;
            }

            at = quote + 1;
            return at == line.Length || line[at] == ',' ? text.ToString() : null;
        }
    }
}
