using TwinTrack.Enrolments.Domain;

namespace TwinTrack.Domain.Tests.Enrolments;

public sealed class A_file_of_areas
{
    private static readonly CsvHeader Header =
        CsvHeader.Read("pcode,name,parent", Area.Columns).Match(header => header, _ => null!);
    private static readonly Dictionary<string, Area> Known = new() { ["NE"] = new Area("NE", "Niger", null) };

    [Fact]
    public void May_name_a_parent_that_comes_later_or_is_known()
    {
        var (areas, errors) = Area.ReadAll(Header, ["NE001001,Arlit,NE001", "NE001,Agadez,NE", ""], Known);

        errors.Should().BeEmpty();
        areas.Select(area => area.Pcode).Should().Equal("NE001001", "NE001");
    }

    [Theory]
    [InlineData("ne001,Agadez,NE", "pcode", "area.pcode_unreadable")]
    [InlineData("NE001,,NE", "name", "text.missing")]
    [InlineData("NE001,Agadez,XX", "parent", "area.parent_unknown")]
    [InlineData("NE001,Agadez,NE001", "parent", "area.circle")]
    [InlineData("NE001,Agadez", "row", "row.wrong_columns")]
    public void Names_row_field_and_code_of_what_is_wrong(string line, string field, string code)
    {
        var (_, errors) = Area.ReadAll(Header, ["NE002,Diffa,NE", line], Known);

        var error = errors.Should().ContainSingle().Subject;
        (error.Row, error.Field, error.Code).Should().Be((3, field, code));
    }

    [Theory]
    [InlineData("NE,Niger,", "")]
    [InlineData("N1,Agadez,NE", "")]
    [InlineData(" NE001 , Agadez , NE ", "")]
    [InlineData("ABCDEFGHIJ0123456789,Agadez,NE", "")]
    [InlineData("ABCDEFGHIJ01234567890,Agadez,NE", "pcode area.pcode_unreadable")]
    [InlineData("N,Agadez,NE", "pcode area.pcode_unreadable")]
    [InlineData("NE-1,Agadez,NE", "pcode area.pcode_unreadable")]
    [InlineData("NE001,Agadez,ne", "parent area.pcode_unreadable")]
    [InlineData("NE001,Aga\u202Edez,NE", "name text.control_character")]
    [InlineData("NE001,,ne", "name text.missing, parent area.pcode_unreadable")]
    [InlineData("?,,?", "pcode area.pcode_unreadable, name text.missing, parent area.pcode_unreadable")]
    [InlineData("NE001,\"Agadez,NE", "row row.broken_quotes")]
    [InlineData("NE001,Agadez,NE,x", "row row.wrong_columns")]
    public void Has_codes_of_2_to_20_capital_letters_and_digits_and_a_name(string line, string faults)
    {
        var (areas, errors) = Area.ReadAll(Header, [line], Known);

        string.Join(", ", errors.Select(error => $"{error.Field} {error.Code}")).Should().Be(faults);
        areas.Should().HaveCount(faults.Length == 0 ? 1 : 0);
    }

    [Fact]
    public void Gives_each_area_as_it_stands_without_outer_spaces() =>
        Area.ReadAll(Header, [" NE001 , Agadez , NE ", "ML,Mali,"], Known).Areas.Should()
            .Equal(new Area("NE001", "Agadez", "NE"), new Area("ML", "Mali", null));

    [Fact]
    public void Counts_empty_lines_and_tells_its_errors_in_the_order_of_its_rows()
    {
        string[] lines = ["NE001,Agadez,XX", "", "  ", "?,Diffa,NE", "NE001,Agadez,NE"];

        Area.ReadAll(Header, lines, Known).Errors.Select(error => (error.Row, error.Field, error.Code)).Should().Equal(
            (2, "parent", "area.parent_unknown"), (5, "pcode", "area.pcode_unreadable"), (6, "pcode", "area.repeated"));
    }

    [Fact]
    public void Names_every_area_of_a_circle_and_below_it()
    {
        string[] lines = ["AA,a,BB", "BB,b,AA", "CC,c,BB", "DD,d,NE"];

        Area.ReadAll(Header, lines, Known).Errors.Select(error => (error.Row, error.Code)).Should()
            .Equal((2, "area.circle"), (3, "area.circle"), (4, "area.circle"));
    }

    [Fact]
    public void May_not_close_a_circle_with_a_known_area_but_may_open_one()
    {
        var known = new Dictionary<string, Area>(Known) { ["NE001"] = new Area("NE001", "Agadez", "NE") };

        Area.ReadAll(Header, ["NE,Niger,NE001"], known).Errors.Select(error => error.Code).Should()
            .Equal("area.circle");
        Area.ReadAll(Header, ["NE,Niger,NE001", "NE001,Agadez,"], known).Errors.Should()
            .BeEmpty("the file's own parent counts, not the known one");
    }

    [Fact]
    public void Does_not_hold_an_area_twice() =>
        Area.ReadAll(Header, ["NE002,Diffa,NE", "NE002,Diffa,NE"], Known).Errors.Should()
            .ContainSingle().Which.Code.Should().Be("area.repeated");

    [Fact]
    public void Gives_everything_below_an_area()
    {
        Area[] all = [new("NE", "Niger", null), new("NE1", "a", "NE"), new("X9", "b", "NE1"), new("NE2", "c", "NE")];

        Area.WithAllBelow(["NE1"], all).Should().BeEquivalentTo("NE1", "X9");
        Area.WithAllBelow(["NE"], all).Should().HaveCount(4);
        Area.WithAllBelow(["X9", "NE2"], all).Should().BeEquivalentTo("X9", "NE2");
        Area.WithAllBelow(["ZZ"], all).Should().BeEquivalentTo("ZZ");
    }
}
