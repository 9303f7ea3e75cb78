using CsvHelper;

namespace TwinTrack.Providers.Agency;

/// <summary>Writes a CSV table that people open in spreadsheets.</summary>
internal static class SheetWriter
{
    private static readonly CsvWriterOptions Options = new() { NewLine = "\n" };

    internal static byte[] Write(string[] header, IEnumerable<string[]> rows)
    {
        using var bytes = new MemoryStream();
        using (var csv = CsvWriter.Create(bytes, Options, leaveOpen: true))
        {
            csv.WriteHeader(header);
            foreach (var cells in rows)
            {
                csv.WriteRecord([.. cells.Select(Inert)]);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>
    /// Text that no spreadsheet takes for a formula: line breaks and tabs become blanks, and what begins with = + - or @ (their full-width forms too, which
    /// the library's own protection lets pass) gets an apostrophe before it (OWASP, CSV injection).
    /// </summary>
    internal static string Inert(string cell)
    {
        var flat = string.Concat(cell.Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim();
        return flat.Length > 0 && "=+-@\uFF1D\uFF0B\uFF0D\uFF20".Contains(flat[0]) ? $"'{flat}" : flat;
    }
}
