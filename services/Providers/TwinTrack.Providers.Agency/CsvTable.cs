using CsvHelper;
using TwinTrack.Kernel;

namespace TwinTrack.Providers.Agency;

/// <summary>
/// Reads a CSV table with a header, row by row. Columns may be in any order and case. Unknown columns and empty lines
/// are ignored. A row with more or fewer cells than the header is refused.
/// </summary>
internal static class CsvTable
{
    /// <summary>Bytes of one row.</summary>
    internal const int RowMax = 64 * 1024;

    internal static Refusal? Read(AnswerForm form, byte[] content, Action<PartnerRow> each)
    {
        if (TextForm.ToUtf8(form.Encoding, content) is not { } text)
        {
            return AgencyRefusals.NotTable(FileForm.Csv, $"not {form.Encoding}");
        }

        var skipped = Skip(text.Span, form.HeaderRow - 1);
        return Read(form, text[skipped..], form.HeaderRow, each);
    }

    /// <param name="firstLine">The number that the header's line has in the whole file.</param>
    internal static Refusal? Read(AnswerForm form, ReadOnlyMemory<byte> text, int firstLine, Action<PartnerRow> each)
    {
        using var reader = CsvReader.Create(text, new CsvReaderOptions
        {
            Separator = SeparatorOf(form, text.Span),
            MalformedData = CsvMalformedDataHandling.Throw,
            FieldCountMismatch = CsvFieldCountHandling.Throw,
            MaxRecordSize = RowMax,
            TrackLineNumbers = true,
            IncludeValuesInExceptions = false,
        });
        try
        {
            return Read(form, reader, firstLine, each);
        }
        catch (CsvFormatException broken)
        {
            return AgencyRefusals.NotTable(FileForm.Csv,
                Invariant(
                    $"line {broken.LineNumber + firstLine - 1} cannot be split into as many cells as the header has"));
        }
    }

    /// <summary>The position in the text after this many lines.</summary>
    internal static int Skip(ReadOnlySpan<byte> text, int lines)
    {
        var at = 0;
        for (; lines > 0 && at < text.Length; lines--)
        {
            var end = text[at..].IndexOf((byte)'\n');
            at = end < 0 ? text.Length : at + end + 1;
        }

        return at;
    }

    private static Refusal? Read(AnswerForm form, CsvReader reader, int firstLine, Action<PartnerRow> each)
    {
        reader.ReadHeader();
        if (reader.Headers.Count > PartnerTable.ColumnsMax)
        {
            return AgencyRefusals.NotTable(FileForm.Csv, $"more than {PartnerTable.ColumnsMax} columns");
        }

        if (!PartnerTable.Places(form, [.. reader.Headers]).Allows(out var places, out var refusal))
        {
            return refusal;
        }

        for (var rows = 0; reader.Read(); rows++)
        {
            if (rows == PartnerTable.RowsMax)
            {
                return AgencyRefusals.TooManyRows(PartnerTable.RowsMax);
            }

            var cells = new string[reader.FieldCount];
            for (var at = 0; at < cells.Length; at++)
            {
                cells[at] = reader.GetString(at).Trim();
            }

            each(new PartnerRow((int)reader.LineNumber + firstLine - 1, places, cells));
        }

        return null;
    }

    /// <summary>
    /// The definition's separator if the header has it. Otherwise the comma or semicolon in the header, because
    /// spreadsheets choose it by country.
    /// </summary>
    private static char SeparatorOf(AnswerForm form, ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)'\n');
        var header = end < 0 ? text : text[..end];
        foreach (var separator in (ReadOnlySpan<char>)[form.Separator[0], ',', ';'])
        {
            if (header.Contains((byte)separator))
            {
                return separator;
            }
        }

        return form.Separator[0];
    }
}
