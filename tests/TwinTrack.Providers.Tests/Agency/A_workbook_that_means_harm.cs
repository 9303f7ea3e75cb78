using System.IO.Compression;
using System.Text;
using TwinTrack.Providers.Agency;
using static TwinTrack.Providers.Tests.Agency.AgencyScene;

namespace TwinTrack.Providers.Tests.Agency;

/// <summary>What an XLSX file can do to whoever opens it, each in a small bound of memory.</summary>
public sealed class A_workbook_that_means_harm
{
    private const long MemoryMax = 160L * 1024 * 1024;

    [Theory]
    [InlineData("xl/worksheets/sheet1.xml")]
    [InlineData("xl/sharedStrings.xml")]
    [InlineData("xl/media/picture.png")]
    public void By_unpacking_to_gigabytes_is_refused_before_it_does(string part)
    {
        var bomb = Bomb(part, 1L << 30);
        bomb.Length.Should().BeLessThan(16 * 1024 * 1024);

        Bounded(() => Refused(Read("hope", "x.return.xlsx", bomb)).Code.Should().Be("agency.too_much_inside"));
    }

    [Fact]
    public void By_many_parts_is_refused() =>
        Refused(Read("hope", "x.return.xlsx",
            Zip([.. Enumerable.Range(0, WorkbookGuard.PartsMax + 1)
                .Select(number => (Invariant($"xl/{number}.xml"), "<a/>"))]))).Code.Should()
                .Be("agency.too_much_inside");

    [Fact]
    public void By_a_billion_laughs_is_refused()
    {
        var laughs = "<!DOCTYPE a [<!ENTITY a0 \"ha\">"
            + string.Concat(
                Enumerable.Range(1, 20).Select(
                    number => Invariant($"<!ENTITY a{number} \"&a{number - 1};&a{number - 1};\">")))
                + "]>";
        Bounded(() =>
            Refused(Read("hope", "x.return.xlsx",
                Replaced("xl/worksheets/sheet1.xml",
                    Sheet([["payment_id", "delivered_quantity"]], laughs)))).Code.Should().Be("agency.not_xlsx"));
    }

    [Theory]
    [InlineData("<row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row>")]
    [InlineData("<row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"XFD2\"><v>1</v></c></row>")]
    [InlineData("<row r=\"1\"><c r=\"ZZZZZZZ1\"><v>1</v></c></row>")]
    [InlineData("<row r=\"2000000000\"><c r=\"A2000000000\"><v>1</v></c></row>")]
    [InlineData("<row r=\"99999999999999\"><c r=\"A1\"><v>1</v></c></row>")]
    [InlineData("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>999999999</v></c></row>")]
    public void By_cells_that_are_far_away_is_refused(string rows) => Bounded(() =>
        Refused(Read("hope", "x.return.xlsx",
            Replaced("xl/worksheets/sheet1.xml",
                $"<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>"
                    + $"{rows}</sheetData></worksheet>")))
            .Code.Should().BeOneOf("agency.not_xlsx", "agency.column_missing", "agency.too_many_rows"));

    [Fact]
    public void By_a_far_cell_in_each_of_many_rows_is_refused_before_they_are_read()
    {
        var rows = string.Concat(Enumerable.Range(1, 20_000)
            .Select(row => Invariant($"<row r=\"{row}\"><c r=\"XFD{row}\"><v>1</v></c></row>")));

        Bounded(() => Refused(Read("hope", "x.return.xlsx", Package(Sheet([]).Replace(
            "<sheetData>", "<sheetData>" + rows, StringComparison.Ordinal)))).Reason.Should().Contain("columns"));
    }

    [Fact]
    public void By_many_shared_strings_costs_no_more_than_they_are()
    {
        var strings = new StringBuilder("<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">");
        for (var number = 0; number < 400_000; number++)
        {
            strings.Append("<si><t>a text that stands in no cell at all</t></si>");
        }

        var workbook = Package(Sheet([["payment_id", "delivered_quantity"], [SeededOrders.Reference(1, 1), "5"]]), "",
            ("sharedStrings", strings.Append("</sst>").ToString()));

        Bounded(() => Taken(Read("hope", "x.return.xlsx", workbook)).Lines.Should().ContainSingle());
    }

    [Fact]
    public void By_a_password_or_an_old_format_is_refused_and_says_so() =>
        Refused(Read("hope", "x.return.xlsx", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0])).Reason.Should()
            .Contain("password");

    [Fact]
    public void By_its_bare_size_is_refused() =>
        Refused(Read("hope", "x.return.xlsx", new byte[PartnerTable.BytesMax + 1])).Code.Should()
            .Be("agency.too_large");

    [Fact]
    public void In_no_other_way_is_read_as_ever() =>
        Taken(Read(
            "hope", "x.return.xlsx", Workbook(
                ["payment_id", "delivered_quantity"], [SeededOrders.Reference(1, 1), "5"]))).Lines.Should()
                .ContainSingle();

    private static void Bounded(Action act)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        act();
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(MemoryMax);
    }

    private static byte[] Replaced(string name, string text)
    {
        using var bytes = new MemoryStream();
        bytes.Write(Workbook(["payment_id", "delivered_quantity"]));
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Update, leaveOpen: true))
        {
            zip.GetEntry(name)?.Delete();
            using var part = new StreamWriter(zip.CreateEntry(name).Open());
            part.Write(text);
        }

        return bytes.ToArray();
    }

    private static byte[] Bomb(string name, long size)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var part = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
            var blanks = Encoding.ASCII.GetBytes(new string(' ', 1 << 20));
            for (var written = 0L; written < size; written += blanks.Length)
            {
                part.Write(blanks);
            }
        }

        return bytes.ToArray();
    }
}
