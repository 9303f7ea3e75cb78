using System.Text.Json;
using CsvHelper;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Agency;

/// <summary>
/// Writes a list by a definition. It is a pure function of connection, unit and orders, so a tranche always has the
/// same bytes.
/// </summary>
internal static class ListWriter
{
    /// <summary>
    /// Characters that begin a formula in a spreadsheet, with the full-width forms that CSV libraries do not escape
    /// (OWASP, CSV injection).
    /// </summary>
    private const string Formula = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";

    internal static byte[] Write(Connection connection, Unit unit, ListForm form, IReadOnlyList<PaymentOrder> orders)
    {
        var scope = new ListScope(connection, unit, form);
        var header = form.Columns.Select(column => column.Header).ToArray();
        var rows =
            orders.Select(
                order => form.Columns.Select(
                    column => column.Field is { } field ? ListFields.ByName[field].Of(scope, order) : column.Value!)
                    .ToArray());
        return form.Form switch
        {
            FileForm.Csv => Csv(form, header, rows),
            FileForm.Xlsx => WorkbookWriter.Write(form, unit.CreatedAt, header, rows),
            _ => Json(header, rows),
        };
    }

    internal static string Ending(TableForm form) => form.Form switch
    {
        FileForm.Csv => "csv",
        FileForm.Xlsx => "xlsx",
        _ => "json",
    };

    /// <summary>Text without line breaks, tabs and invalid characters.</summary>
    internal static string Flat(string cell) =>
        string.Concat(cell.Select(letter => char.IsControl(letter) || letter is '\uFFFE' or '\uFFFF' ? ' ' : letter))
            .Trim();

    /// <summary>
    /// Text that no spreadsheet reads as a formula. An apostrophe is put before a text that begins like one.
    /// </summary>
    internal static string Inert(string cell) =>
        Flat(cell) is var flat && flat.Length > 0 && Formula.Contains(flat[0], StringComparison.Ordinal)
            ? $"'{flat}" : flat;

    private static byte[] Csv(ListForm form, string[] header, IEnumerable<string[]> rows)
    {
        using var bytes = new MemoryStream();
        using (var csv =
            CsvWriter.Create(bytes, new CsvWriterOptions { NewLine = "\n", Separator = form.Separator[0] },
                leaveOpen: true))
        {
            csv.WriteHeader(header);
            foreach (var cells in rows)
            {
                csv.WriteRecord([.. cells.Select(Inert)]);
            }
        }

        return TextForm.FromUtf8(form.Encoding, bytes.ToArray());
    }

    /// <summary>An array of flat objects; every value is text, so that no reader rounds an amount.</summary>
    private static byte[] Json(string[] header, IEnumerable<string[]> rows)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartArray();
            foreach (var cells in rows)
            {
                json.WriteStartObject();
                for (var at = 0; at < header.Length; at++)
                {
                    json.WriteString(header[at], Flat(cells[at]));
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return bytes.ToArray();
    }
}
