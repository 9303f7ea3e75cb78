using TwinTrack.Providers.Agency;
using static TwinTrack.Providers.Tests.Agency.AgencyScene;

namespace TwinTrack.Providers.Tests.Agency;

/// <summary>What is read of a cell. Decision 0043 was measured by these cells.</summary>
public sealed class A_workbooks_cells
{
    private const string Space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    /// <summary>Style 0 is general, 1 a day of the standard's own list, 2 a day by a format of the file.</summary>
    private const string Styles =
        $"<styleSheet xmlns=\"{Space}\"><numFmts count=\"1\">"
            + "<numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/></numFmts>"
            + "<cellXfs count=\"3\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\" applyNumberFormat=\"1\"/>"
            + "<xf numFmtId=\"164\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>";

    private const string Strings =
        $"<sst xmlns=\"{Space}\"><si><t>0012</t></si><si><r><t>de</t></r><r><t>livered</t></r></si></sst>";

    [Theory]
    [InlineData("", "46052", "1")]
    [InlineData("", "46052", "2")]
    [InlineData("<workbookPr date1904=\"1\"/>", "44590", "1")]
    public void That_show_a_day_are_that_day_in_either_date_system(string settings, string number, string style) =>
        ReadOne($"<c r=\"A2\" s=\"{style}\"><v>{number}</v></c>", settings).Should().Be("2026-01-30");

    [Theory]
    [InlineData("<c r=\"A2\"><f>1+59</f><v>60</v></c>", "60")]
    [InlineData("<c r=\"A2\" t=\"str\"><f>\"de\"&amp;\"livered\"</f><v>delivered</v></c>", "delivered")]
    [InlineData("<c r=\"A2\"><f>1+59</f></c>", "")]
    [InlineData("<c r=\"A2\" t=\"e\"><f>NA()</f><v>#N/A</v></c>", "")]
    public void With_a_formula_are_what_was_last_computed_and_empty_without(string cell, string text) =>
        ReadOne(cell).Should().Be(text);

    [Theory]
    [InlineData("<c r=\"A2\" t=\"s\"><v>0</v></c>", "0012")]
    [InlineData("<c r=\"A2\" t=\"s\"><v>1</v></c>", "delivered")]
    [InlineData("<c r=\"A2\" t=\"inlineStr\"><is><r><t>00</t></r><r><t>12</t></r></is></c>", "0012")]
    [InlineData("<c r=\"A2\" t=\"str\"><v>1E5</v></c>", "1E5")]
    [InlineData("<c r=\"A2\"><v>30.5</v></c>", "30.5")]
    [InlineData("<c r=\"A2\"><v>0.1</v></c>", "0.1")]
    [InlineData("<c r=\"A2\" t=\"b\"><v>1</v></c>", "Y")]
    public void With_a_text_or_a_number_keep_every_digit(string cell, string text) =>
        ReadOne(cell).Should().Be(text);

    private static string ReadOne(string cell, string settings = "")
    {
        var form = new AnswerForm { Form = FileForm.Xlsx, Columns = new Dictionary<string, string> { ["x"] = "X" } };
        var sheet = $"<worksheet xmlns=\"{Space}\"><sheetData>"
            + "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>X</t></is></c><c r=\"B1\"><v>1</v></c></row>"
            + $"<row r=\"2\">{cell}<c r=\"B2\"><v>1</v></c></row></sheetData></worksheet>";
        var rows = new List<PartnerRow>();

        WorkbookTable.Read(form, Package(sheet, settings, ("styles", Styles), ("sharedStrings", Strings)), rows.Add)
            .Should().BeNull();

        return rows.Should().ContainSingle().Subject["x"];
    }
}
