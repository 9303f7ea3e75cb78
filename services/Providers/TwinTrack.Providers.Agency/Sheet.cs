using System.Text;
using CsvHelper;
using TwinTrack.Kernel;

namespace TwinTrack.Providers.Agency;

/// <summary>
/// A CSV table with a header, read whole. Comma or semicolon, whichever the header uses; UTF-8 with or without a byte order mark; columns in any order, in any
/// case; unknown columns are ignored; empty lines are skipped; a row with more or fewer cells than the header is no row.
/// </summary>
internal sealed class Sheet
{
    internal const int RowsMax = 1_000_000;

    /// <summary>Bytes of one row.</summary>
    internal const int RowMax = 64 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Dictionary<string, int> _columns = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Row> _rows = [];

    internal IReadOnlyList<Row> Rows => _rows;

    /// <param name="needed">Columns that must be there.</param>
    internal static Result<Sheet> Read(string text, params string[] needed) => Read(text, firstLine: 1, needed);

    /// <param name="firstLine">The number that the header's line has in the whole file.</param>
    internal static Result<Sheet> Read(string text, int firstLine, string[] needed)
    {
        var header = text.Split('\n', 2)[0];
        using var reader = CsvReader.FromText(text, new CsvReaderOptions
        {
            Separator = header.Contains(';') && !header.Contains(',') ? ';' : ',',
            MalformedData = CsvMalformedDataHandling.Throw,
            FieldCountMismatch = CsvFieldCountHandling.Throw,
            MaxRecordSize = RowMax,
            TrackLineNumbers = true,
            IncludeValuesInExceptions = false,
        });
        try
        {
            return Read(reader, firstLine, needed);
        }
        catch (CsvFormatException broken)
        {
            return AgencyRefusals.NotCsv($"line {broken.LineNumber + firstLine - 1} cannot be split into as many cells as the header has");
        }
    }

    internal static Result<string> Text(byte[] content)
    {
        try
        {
            return Strict.GetString(content).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return AgencyRefusals.NotCsv("other bytes than UTF-8");
        }
    }

    private static Result<Sheet> Read(CsvReader reader, int firstLine, string[] needed)
    {
        var sheet = new Sheet();
        reader.ReadHeader();
        for (var at = 0; at < reader.Headers.Count; at++)
        {
            sheet._columns.TryAdd(reader.Headers[at].Trim(), at);
        }

        if (needed.Where(name => !sheet._columns.ContainsKey(name)).ToList() is { Count: > 0 } missing)
        {
            return AgencyRefusals.ColumnMissing(missing);
        }

        while (reader.Read())
        {
            if (sheet._rows.Count == RowsMax)
            {
                return AgencyRefusals.TooManyRows(RowsMax);
            }

            var cells = new string[reader.FieldCount];
            for (var at = 0; at < cells.Length; at++)
            {
                cells[at] = reader.GetString(at).Trim();
            }

            sheet._rows.Add(new Row(sheet, (int)reader.LineNumber + firstLine - 1, cells));
        }

        return sheet;
    }

    internal sealed record Row(Sheet Sheet, int Line, string[] Cells)
    {
        /// <summary>The trimmed text of a cell of a column that was asked for.</summary>
        internal string this[string column] => Cells[Sheet._columns[column]];
    }
}
