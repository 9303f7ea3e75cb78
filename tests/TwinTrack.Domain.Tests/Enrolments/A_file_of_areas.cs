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
    }
}
