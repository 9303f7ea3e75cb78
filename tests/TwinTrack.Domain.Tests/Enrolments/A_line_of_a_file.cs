using TwinTrack.Enrolments.Domain;

namespace TwinTrack.Domain.Tests.Enrolments;

public sealed class A_line_of_a_file
{
    [Theory]
    [InlineData("\"\"", new[] { "" })]
    [InlineData("a,", new[] { "a", "" })]
    [InlineData(",a", new[] { "", "a" })]
    [InlineData("\"a\",\"b\"", new[] { "a", "b" })]
    [InlineData("a,\"b\"", new[] { "a", "b" })]
    [InlineData("\"\"\"a\"\"\"", new[] { "\"a\"" })]
    [InlineData("\"a\"\",\"\"b\"", new[] { "a\",\"b" })]
    [InlineData(" a , b ", new[] { " a ", " b " })]
    public void Is_cut_at_commas_outside_of_quotes(string line, string[] fields) =>
        CsvLine.Cut(line).Match(cut => cut, _ => []).Should().Equal(fields);

    [Theory]
    [InlineData("\"")]
    [InlineData("\"a\"\"")]
    [InlineData("\"a\" ,b")]
    [InlineData("a,\"b")]
    [InlineData("a\"\"b,c")]
    [InlineData("a, \"b\"")]
    public void Is_refused_when_a_quote_is_not_closed_or_stands_within(string line) =>
        CsvLine.Cut(line).Match(_ => "", refusal => refusal.Code).Should().Be("row.broken_quotes");

    [Theory]
    [InlineData(64, "")]
    [InlineData(65, "row.wrong_columns")]
    public void Has_at_most_sixty_four_fields(int fields, string code) =>
        CsvLine.Cut(new string(',', fields - 1)).Match(cut => cut.Count == fields ? "" : "lost", no => no.Code)
            .Should().Be(code);
}
