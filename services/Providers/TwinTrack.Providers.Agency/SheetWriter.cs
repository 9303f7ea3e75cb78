using System.Globalization;
using System.Text;
using CsvHelper;

namespace TwinTrack.Providers.Agency;

/// <summary>Writes a CSV table that people open in spreadsheets.</summary>
internal static class SheetWriter
{
    internal static byte[] Write(string[] header, IEnumerable<string[]> rows)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using (var csv = new CsvWriter(text, CultureInfo.InvariantCulture, leaveOpen: true))
        {
            foreach (var cells in rows.Prepend(header))
            {
                foreach (var cell in cells)
                {
                    csv.WriteField(Inert(cell));
                }

                csv.NextRecord();
            }
        }

        return new UTF8Encoding(false).GetBytes(text.ToString());
    }

    /// <summary>
    /// Text that no spreadsheet takes for a formula: line breaks and tabs become blanks, and what begins with = + - or @ (full-width forms too) gets an
    /// apostrophe before it (OWASP, CSV injection).
    /// </summary>
    internal static string Inert(string cell)
    {
        var flat = string.Concat(cell.Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim();
        return flat.Length > 0 && "=+-@\uFF1D\uFF0B\uFF0D\uFF20".Contains(flat[0]) ? $"'{flat}" : flat;
    }
}
