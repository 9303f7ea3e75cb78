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

/// <summary>Reads a table of any form, row by row. Only what the reader keeps stays in memory.</summary>
internal static class PartnerTable
{
    internal const int RowsMax = 500_000;

    internal const int ColumnsMax = 256;

    /// <summary>Most bytes of one file. <see cref="WorkbookGuard"/> limits the unpacked size of a workbook.</summary>
    internal const int BytesMax = 64 * 1024 * 1024;

    /// <summary>Passes every row in order. Null when the whole table could be read.</summary>
    internal static Refusal? Read(AnswerForm form, byte[] content, Action<PartnerRow> each) =>
        content.Length > BytesMax ? AgencyRefusals.TooLarge(BytesMax) : form.Form switch
        {
            FileForm.Csv => CsvTable.Read(form, content, each),
            FileForm.Xlsx => WorkbookTable.Read(form, content, each),
            _ => JsonTable.Read(form, content, each),
        };

    /// <summary>
    /// The column of each of our fields in this header. A repeated header is refused, because it is ambiguous.
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
