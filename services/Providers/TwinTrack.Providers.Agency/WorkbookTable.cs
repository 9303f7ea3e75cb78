using System.Globalization;
using System.Text;
using ExcelDataReader;
using TwinTrack.Kernel;

namespace TwinTrack.Providers.Agency;

/// <summary>A sheet of an XLSX workbook, read a row at a time.</summary>
internal static class WorkbookTable
{
    /// <summary>A spreadsheet keeps 15 digits of a number. A larger number has lost digits.</summary>
    private const double Exact = 1e15;

    static WorkbookTable() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    internal static Refusal? Read(AnswerForm form, byte[] content, Action<PartnerRow> each)
    {
        if (WorkbookGuard.Look(content) is { } refusal)
        {
            return refusal;
        }

        try
        {
            using var reader = ExcelReaderFactory.CreateOpenXmlReader(new MemoryStream(content, writable: false));
            return Open(form, reader) ?? Rows(form, reader, each);
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            // For a broken part the library throws any exception. Its text may quote a cell, so only the type is shown.
            return AgencyRefusals.NotTable(FileForm.Xlsx, $"a workbook that cannot be read ({broken.GetType().Name})");
        }
    }

    private static Refusal? Open(AnswerForm form, IExcelDataReader reader)
    {
        if (form.Sheet is null || reader.ResultsCount == 1)
        {
            return null;
        }

        do
        {
            if (string.Equals(reader.Name, form.Sheet, StringComparison.OrdinalIgnoreCase))
            {
                return null;
            }
        }
        while (reader.NextResult());

        return AgencyRefusals.NotTable(FileForm.Xlsx, "no sheet of that name");
    }

    private static Refusal? Rows(AnswerForm form, IExcelDataReader reader, Action<PartnerRow> each)
    {
        // Checked before the first row is read, because the reader allocates as many cells as the farthest cell claims.
        if (reader.FieldCount > PartnerTable.ColumnsMax || reader.FieldCount < 0)
        {
            return AgencyRefusals.NotTable(FileForm.Xlsx, $"more than {PartnerTable.ColumnsMax} columns");
        }

        Dictionary<string, int>? places = null;
        for (var line = 1; reader.Read(); line++)
        {
            if (line > PartnerTable.RowsMax + form.HeaderRow)
            {
                return AgencyRefusals.TooManyRows(PartnerTable.RowsMax);
            }

            if (line < form.HeaderRow)
            {
                continue;
            }

            var cells = Cells(form, reader);
            if (places is null)
            {
                if (!PartnerTable.Places(form, cells).Allows(out places, out var refusal))
                {
                    return refusal;
                }
            }
            else if (cells.Any(cell => cell.Length > 0))
            {
                each(new PartnerRow(line, places, cells));
            }
        }

        return places is null ? AgencyRefusals.NotTable(FileForm.Xlsx, "no header") : null;
    }

    private static string[] Cells(AnswerForm form, IExcelDataReader reader)
    {
        var cells = new string[reader.FieldCount];
        for (var at = 0; at < cells.Length; at++)
        {
            cells[at] = Text(form, reader.GetValue(at)).Trim();
        }

        return cells;
    }

    /// <summary>A cell as a CSV file of the same definition would have it.</summary>
    private static string Text(AnswerForm form, object? value) => value switch
    {
        null => "",
        double number when Math.Abs(number) >= Exact || double.IsNaN(number) =>
            number.ToString("E15", CultureInfo.InvariantCulture),
        double number => ((decimal)number).ToString("0.##########", CultureInfo.InvariantCulture)
            .Replace(".", form.Point, StringComparison.Ordinal),
        DateTime day => day.ToString(form.Dates, CultureInfo.InvariantCulture),
        bool yes => yes ? "Y" : "N",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
