using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using TwinTrack.Kernel;

namespace TwinTrack.Providers.Agency;

/// <summary>
/// A CSV table with a header, read whole. Comma or semicolon, whichever the header uses; UTF-8 with or without a byte order mark; columns in any order, in any
/// case; unknown columns are ignored; empty lines are skipped.
/// </summary>
internal sealed class Sheet
{
    internal const int RowsMax = 1_000_000;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Dictionary<string, int> _columns = new(StringComparer.OrdinalIgnoreCase);

    private Sheet(IReadOnlyList<Row> rows) => Rows = rows;

    internal IReadOnlyList<Row> Rows { get; private set; }

    /// <param name="needed">Columns that must be there.</param>
    internal static Result<Sheet> Read(string text, params string[] needed) => Read(text, firstLine: 1, needed);

    /// <param name="firstLine">The number that the header's line has in the whole file.</param>
    internal static Result<Sheet> Read(string text, int firstLine, string[] needed)
    {
        using var reader = new StringReader(text);
        var header = text[..Math.Max(0, text.IndexOf('\n'))];
        var settings = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = header.Contains(';') && !header.Contains(',') ? ";" : ",",
            Mode = CsvMode.RFC4180,
            IgnoreBlankLines = true,
            BadDataFound = null,
            MaxFieldSize = 10_000,
        };
        using var parser = new CsvParser(reader, settings);
        try
        {
            return Read(parser, firstLine, needed);
        }
        catch (CsvHelperException broken)
        {
            return AgencyRefusals.NotCsv(broken is MaxFieldSizeException ? "a cell is too long" : "a row cannot be split into cells");
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

    private static Result<Sheet> Read(CsvParser parser, int firstLine, string[] needed)
    {
        if (!parser.Read())
        {
            return AgencyRefusals.NotCsv("it is empty");
        }

        var rows = new List<Row>();
        var sheet = new Sheet(rows);
        foreach (var (name, at) in parser.Record!.Select((name, at) => (name.Trim(), at)))
        {
            sheet._columns.TryAdd(name, at);
        }

        if (needed.Where(name => !sheet._columns.ContainsKey(name)).ToList() is { Count: > 0 } missing)
        {
            return AgencyRefusals.ColumnMissing(missing);
        }

        while (parser.Read())
        {
            if (rows.Count == RowsMax)
            {
                return AgencyRefusals.TooManyRows(RowsMax);
            }

            rows.Add(new Row(sheet, parser.RawRow + firstLine - 1, parser.Record!));
        }

        return sheet;
    }

    internal sealed record Row(Sheet Sheet, int Line, string[] Cells)
    {
        /// <summary>The trimmed text of a cell; empty when the row ends before it.</summary>
        internal string this[string column] =>
            Sheet._columns.TryGetValue(column, out var at) && at < Cells.Length ? Cells[at].Trim() : "";
    }
}
