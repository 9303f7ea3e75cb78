using TwinTrack.Enrolments.Domain;

namespace TwinTrack.Domain.Tests.Enrolments;

public sealed class A_file_header
{
    private static readonly string[] Wanted = ["pcode", "name", "parent"];

    [Theory]
    [InlineData("pcode,name,parent", "")]
    [InlineData("\uFEFFparent, name ,pcode", "")]
    [InlineData("\"pcode\",name,parent", "")]
    [InlineData("pcode,name", "header.missing_column")]
    [InlineData("pcode,name,parent,colour", "header.unknown_column")]
    [InlineData("pcode,name,parent,name", "header.repeated_column")]
    [InlineData("NE001,Agadez,NE", "file.no_header")]
    [InlineData("", "file.no_header")]
    [InlineData("\u0001\u0002\"", "file.no_header")]
    public void Names_exactly_the_columns_in_any_order(string line, string code) =>
        CsvHeader.Read(line, Wanted).Match(_ => "", refusal => refusal.Code).Should().Be(code);

    [Fact]
    public void Says_where_each_wanted_column_stands()
    {
        var header = CsvHeader.Read("\uFEFFparent, name ,pcode", Wanted).Match(read => read, _ => null!);

        header.Count.Should().Be(3);
        Enumerable.Range(0, 3).Select(header.PlaceOf).Should().Equal(2, 1, 0);
    }

    [Theory]
    [InlineData("pcode,colour,colour", "header.unknown_column", "Column 'colour' is unknown", "pcode,name,parent")]
    [InlineData("pcode,name, name", "header.repeated_column", "Column 'name' is in the header twice", "Keep one")]
    [InlineData("parent,pcode", "header.missing_column", "Column 'name' is missing", "pcode,name,parent")]
    public void Is_told_its_first_fault_and_the_remedy(string line, string code, string fault, string remedy)
    {
        var refusal = CsvHeader.Read(line, Wanted).Match(_ => null!, no => no);

        refusal.Code.Should().Be(code);
        refusal.Reason.Should().Contain(fault).And.Contain(remedy);
    }

    [Fact]
    public void Repeats_an_unknown_column_only_as_far_as_it_is_short_and_plain()
    {
        Reason("pcode,a_b-c d<é>").Should().Contain("'a_b-c d???'");
        Reason("pcode," + new string('a', 40)).Should().Contain("'" + new string('a', 40) + "'");
        Reason("pcode," + new string('a', 41)).Should().Contain("'" + new string('a', 40) + "'");

        static string Reason(string line) => CsvHeader.Read(line, Wanted).Match(_ => "", refusal => refusal.Reason);
    }

    [Fact]
    public void That_is_wrong_is_told_which_column_is() =>
        CsvHeader.Read("pcode,name,colour", Wanted).Match(_ => "", refusal => refusal.Reason).Should()
            .Contain("'colour'");

    [Fact]
    public void That_is_really_a_household_is_not_repeated_in_the_answer() =>
        CsvHeader.Read("NE-1,NE001,Amina", Wanted).Match(_ => "", refusal => refusal.Reason).Should()
            .NotContain("Amina");

    [Theory]
    [InlineData("a,b", new[] { "a", "b" })]
    [InlineData("\"a,b\",c", new[] { "a,b", "c" })]
    [InlineData("\"say \"\"no\"\"\",", new[] { "say \"no\"", "" })]
    [InlineData("", new[] { "" })]
    public void And_every_line_is_cut_as_rfc_4180_says(string line, string[] fields) =>
        CsvLine.Cut(line).Match(cut => cut, _ => []).Should().Equal(fields);

    [Theory]
    [InlineData("\"a")]
    [InlineData("\"a\"b,c")]
    [InlineData("a\"b")]
    public void And_a_broken_quote_is_refused(string line) =>
        CsvLine.Cut(line).Match(_ => "", refusal => refusal.Code).Should().Be("row.broken_quotes");
}
