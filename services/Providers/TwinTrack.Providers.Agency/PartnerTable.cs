using TwinTrack.Kernel;

namespace TwinTrack.Providers.Agency;

/// <summary>One row of a partner's table, by our names of its fields.</summary>
/// <param name="line">Of the file, sheet or array; from 1.</param>
/// <param name="cells">Trimmed texts by place.</param>
internal sealed class PartnerRow(int line, IReadOnlyDictionary<string, int> places, IReadOnlyList<string> cells)
{
    internal int Line => line;

    /// <summary>Empty where the partner's table has no such column.</summary>
    internal string this[string field] => places.TryGetValue(field, out var at) && at < cells.Count ? cells[at] : "";

    internal bool Has(string field) => places.ContainsKey(field);
}

/// <summary>
/// Reads a table of any form, a row at a time: what a reader keeps of the rows is all that stays in memory.
/// </summary>
internal static class PartnerTable
{
    internal const int RowsMax = 500_000;

    internal const int ColumnsMax = 256;

    /// <summary>Bytes of one file; a workbook's inside is bounded by <see cref="WorkbookGuard"/>.</summary>
    internal const int BytesMax = 64 * 1024 * 1024;

    /// <summary>Every row in its order; null when the whole could be read.</summary>
    internal static Refusal? Read(AnswerForm form, byte[] content, Action<PartnerRow> each) =>
        content.Length > BytesMax ? AgencyRefusals.TooLarge(BytesMax) : form.Form switch
        {
            FileForm.Csv => CsvTable.Read(form, content, each),
            FileForm.Xlsx => WorkbookTable.Read(form, content, each),
            _ => JsonTable.Read(form, content, each),
        };

    /// <summary>
    /// Where each of our fields stands under this header. A header that is there twice could mean either.
    /// </summary>
    internal static Result<Dictionary<string, int>> Places(AnswerForm form, IReadOnlyList<string> headers)
    {
        var (places, missing) = (new Dictionary<string, int>(), new List<string>());
        foreach (var (field, column) in form.Columns)
        {
            var header = column.TrimEnd('?');
            var found = Enumerable.Range(0, headers.Count)
                .Where(at => string.Equals(headers[at].Trim(), header, StringComparison.OrdinalIgnoreCase)).Take(2)
                .ToList();
            if (found.Count == 2)
            {
                return AgencyRefusals.ColumnTwice(header);
            }

            if (found.Count == 1)
            {
                places.Add(field, found[0]);
            }
            else if (!column.EndsWith('?'))
            {
                missing.Add(header);
            }
        }

        return missing.Count > 0 ? AgencyRefusals.ColumnMissing(missing) : places;
    }
}
