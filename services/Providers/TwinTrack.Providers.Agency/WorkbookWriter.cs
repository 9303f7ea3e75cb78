using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace TwinTrack.Providers.Agency;

/// <summary>
/// Writes an XLSX workbook of one sheet. Every cell is text, so amounts and leading zeros stay exact, and nothing is a
/// formula.
/// </summary>
internal static class WorkbookWriter
{
    /// <summary>Fixed relation ids, because the library's own ids are random.</summary>
    private const string BookId = "book";
    private const string SheetId = "sheet";
    private const string BookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";

    /// <summary>The earliest and the latest time that a zip file can store.</summary>
    private static readonly DateTimeOffset Earliest = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2107, 1, 1, 0, 0, 0, TimeSpan.Zero);

    internal static byte[] Write(ListForm form, DateTimeOffset at, string[] header, IEnumerable<string[]> rows)
    {
        using var bytes = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(bytes, SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddNewPart<WorkbookPart>(BookType, BookId);
            var sheet = book.AddNewPart<WorksheetPart>(SheetId);
            WriteSheet(sheet, rows.Prepend(header));
            book.Workbook =
                new Workbook(new Sheets(new Sheet { Name = form.Sheet ?? "List", SheetId = 1, Id = SheetId }));
        }

        return Still(bytes.ToArray(), at);
    }

    private static void WriteSheet(WorksheetPart part, IEnumerable<string[]> rows)
    {
        using var writer = OpenXmlWriter.Create(part);
        writer.WriteStartElement(new Worksheet());
        writer.WriteStartElement(new SheetData());
        foreach (var cells in rows)
        {
            writer.WriteStartElement(new DocumentFormat.OpenXml.Spreadsheet.Row());
            foreach (var cell in cells)
            {
                writer.WriteStartElement(new Cell { DataType = CellValues.InlineString });
                writer.WriteElement(
                    new InlineString(new Text(Sound(cell)) { Space = SpaceProcessingModeValues.Preserve }));
                writer.WriteEndElement();
            }

            writer.WriteEndElement();
        }

        writer.WriteEndElement();
        writer.WriteEndElement();
    }

    /// <summary>Broken surrogates, which XML cannot hold, become the replacement character.</summary>
    private static string Sound(string cell) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(ListWriter.Flat(cell)));

    /// <summary>
    /// Repacks the parts in one order and with one time. A zip file stores the time of each part, and the same list
    /// must have the same bytes.
    /// </summary>
    private static byte[] Still(byte[] workbook, DateTimeOffset at)
    {
        using var bytes = new MemoryStream();
        using (var from = new ZipArchive(new MemoryStream(workbook, writable: false), ZipArchiveMode.Read))
        using (var to = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var part in from.Entries.OrderBy(part => part.FullName, StringComparer.Ordinal))
            {
                var copy = to.CreateEntry(part.FullName, CompressionLevel.Optimal);
                copy.LastWriteTime = at < Earliest ? Earliest : at > Latest ? Latest : at.ToUniversalTime();
                using var source = part.Open();
                using var target = copy.Open();
                source.CopyTo(target);
            }
        }

        return bytes.ToArray();
    }
}
