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
