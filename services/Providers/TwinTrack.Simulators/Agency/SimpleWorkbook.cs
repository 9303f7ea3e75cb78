using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Xml;

namespace TwinTrack.Simulators.Agency;

/// <summary>
/// A minimal XLSX workbook that spreadsheets open: one sheet, texts and numbers. Written without the adapters'
/// libraries, so that each checks the other.
/// </summary>
internal static class SimpleWorkbook
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";

    /// <summary>The rows of the first sheet. Every cell must hold its own text.</summary>
    internal static List<string[]> Read(byte[] content)
    {
        using var zip = new ZipArchive(new MemoryStream(content), ZipArchiveMode.Read);
        using var xml =
            XmlReader.Create(
                zip.Entries.First(part => part.FullName.Contains("worksheets/", StringComparison.Ordinal)).Open());
        var (rows, cells) = (new List<string[]>(), new List<string>());
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "c")
            {
                cells.Add("");
            }
            else if (xml.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace
                && cells.Count > 0)
            {
                cells[^1] += xml.Value;
            }
            else if (xml.NodeType == XmlNodeType.EndElement && xml.LocalName == "row")
            {
                rows.Add([.. cells]);
                cells.Clear();
            }
        }

        return rows;
    }

    internal static byte[] Write(IReadOnlyList<string[]> rows)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "[Content_Types].xml",
                $"<Types xmlns=\"{Package}/content-types\"><Default Extension=\"rels\" "
                    + $"ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                + "<Override PartName=\"/xl/workbook.xml\" "
                + "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>"
                + "<Override PartName=\"/xl/worksheets/sheet1.xml\" "
                + "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"
                    + "</Types>");
            Add(zip, "_rels/.rels",
                $"<Relationships xmlns=\"{Package}/relationships\"><Relationship Id=\"r1\" "
                    + $"Type=\"{Office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
            Add(zip, "xl/workbook.xml",
                $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Office}\"><sheets><sheet name=\"Payment List\" sheetId=\"1\" "
                    + $"r:id=\"r1\"/></sheets></workbook>");
            Add(zip, "xl/_rels/workbook.xml.rels",
                $"<Relationships xmlns=\"{Package}/relationships\"><Relationship Id=\"r1\" "
                    + $"Type=\"{Office}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>");
            Add(zip, "xl/worksheets/sheet1.xml",
                $"<worksheet xmlns=\"{Main}\"><sheetData>{string.Concat(rows.Select(Row))}</sheetData></worksheet>");
        }

        return bytes.ToArray();
    }

    private static string Row(string[] cells, int at) =>
        Invariant($"<row r=\"{at + 1}\">")
            + string.Concat(cells.Select((cell, column) => Cell(cell, at + 1, column))) + "</row>";

    /// <summary>Writes a number as a number cell, like spreadsheets do.</summary>
    private static string Cell(string text, int row, int column)
    {
        var place = Invariant($"{(char)('A' + column)}{row}");
        return text.Length is > 0 and < 15 && double.TryParse(
            text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            ? $"<c r=\"{place}\"><v>{text}</v></c>"
            : $"<c r=\"{place}\" t=\"inlineStr\"><is><t>{SecurityElement.Escape(text)}</t></is></c>";
    }

    private static void Add(ZipArchive zip, string name, string text)
    {
        using var part = new StreamWriter(zip.CreateEntry(name).Open());
        part.Write(text);
    }
}
