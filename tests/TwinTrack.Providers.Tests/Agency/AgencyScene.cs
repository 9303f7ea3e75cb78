using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using TwinTrack.Kernel;
using TwinTrack.Providers.Agency;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Tests.Agency;

/// <summary>
/// What the tests of the agency's files share: a connection of any style, and files as partners make them.
/// </summary>
internal static class AgencyScene
{
    internal static readonly AgencyAdapter Adapter = new(TimeProvider.System);

    internal static Connection Connection(string directory, string format, string currency = "USD",
        params (string Name, string Value)[] more)
    {
        var plain = An_agency_file.Connection(directory, currency);
        var settings = new Dictionary<string, string>(plain.Settings) { ["format"] = format };
        foreach (var (name, value) in more)
        {
            settings[name] = value;
        }

        return plain with { Settings = settings };
    }

    internal static T Taken<T>(Result<T> result) =>
        result.Match(
            value => value, refusal => throw new InvalidOperationException($"{refusal.Code}: {refusal.Reason}"));

    internal static Refusal Refused<T>(Result<T> result) =>
        result.Match(_ => throw new InvalidOperationException("Not refused."), refusal => refusal);

    internal static Result<Reading> Read(string format, string name, byte[] content) =>
        Adapter.Read(Connection("/nowhere", format), new Document(name, content));

    internal static Result<Reading> Read(string format, string name, params string[] lines) =>
        Read(format, name, Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));

    /// <summary>
    /// A workbook as small as one can be; a cell that parses as a number is one, as spreadsheets have it.
    /// </summary>
    internal static byte[] Workbook(params string[][] rows) => Package(Sheet(rows));

    /// <param name="sheet">The XML of its only sheet.</param>
    /// <param name="settings">Of the workbook, before its sheets.</param>
    /// <param name="more">Parts beside the sheet: <c>styles</c>, <c>sharedStrings</c>.</param>
    internal static byte[] Package(string sheet, string settings = "", params (string Kind, string Text)[] more) => Zip(
    [
        ("[Content_Types].xml",
            """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default """
                + """Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>"""
                + """<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" """
                + """ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>"""
                + """<Override PartName="/xl/worksheets/sheet1.xml" """
                + """ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>"""
                + """</Types>"""),
        ("_rels/.rels",
            """<Relationships """
                + """xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship """
                + """Id="r1" """
                + """Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" """
                + """Target="xl/workbook.xml"/></Relationships>"""),
        ("xl/workbook.xml",
            """<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" """
                + """xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">""" + settings
                + """<sheets><sheet name="Payment List" sheetId="1" r:id="r1"/></sheets></workbook>"""),
        ("xl/_rels/workbook.xml.rels",
            """<Relationships """
                + """xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship """
                + """Id="r1" """
                + """Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" """
                + """Target="worksheets/sheet1.xml"/>"""
                + string.Concat(more.Select(part => $"<Relationship Id=\"{part.Kind}\" Type=\"http://schemas."
                    + $"openxmlformats.org/officeDocument/2006/relationships/{part.Kind}\" "
                    + $"Target=\"{part.Kind}.xml\"/>"))
                + "</Relationships>"),
        ("xl/worksheets/sheet1.xml", sheet),
        .. more.Select(part => ($"xl/{part.Kind}.xml", part.Text)),
    ]);

    internal static byte[] Zip(params (string Name, string Text)[] parts)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in parts)
            {
                using var part = new StreamWriter(zip.CreateEntry(name).Open());
                part.Write(text);
            }
        }

        return bytes.ToArray();
    }

    internal static string Sheet(IEnumerable<string[]> rows, string dtd = "") =>
        $"{dtd}<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>"
        + string.Concat(
            rows.Select(
                (cells, line) => Invariant($"<row r=\"{line + 1}\">")
                    + string.Concat(cells.Select((cell, at) => Cell(cell, line + 1, at))) + "</row>"))
        + "</sheetData></worksheet>";

    /// <summary>Certificate and key of a party, both in PEM.</summary>
    internal static (string Certificate, string Key) Party(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256).CreateSelfSigned(
            SeededOrders.At, SeededOrders.At.AddYears(1));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    private static string Cell(string text, int line, int at) =>
        text.Length < 15 && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
        ? Invariant($"<c r=\"{(char)('A' + at)}{line}\"><v>{text}</v></c>")
        : string.Create(CultureInfo.InvariantCulture,
            $"<c r=\"{(char)('A' + at)}{line}\" "
                + $"t=\"inlineStr\"><is><t>{System.Security.SecurityElement.Escape(text)}</t></is></c>");
}
