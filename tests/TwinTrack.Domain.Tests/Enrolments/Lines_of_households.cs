using TwinTrack.Enrolments.Domain;

namespace TwinTrack.Domain.Tests.Enrolments;

public sealed class Lines_of_households
{
    private static readonly CsvHeader Header = A_registry_row.HeaderOf(string.Join(',', RegistryLine.Columns));

    [Fact]
    public void Of_an_empty_file_are_no_household() => new HouseholdLines().End().Should().BeNull();

    [Fact]
    public void With_one_id_stay_together_around_a_line_that_cannot_be_read()
    {
        var lines = new HouseholdLines();

        Add(lines, 2, "A").Should().BeNull();
        Add(lines, 3, "\"").Should().BeNull();
        Add(lines, 4, "A").Should().BeNull("the broken line did not end the household");
        Add(lines, 5, "B").Should().Equal(2, 3, 4);

        lines.End()!.Select(line => line.Row).Should().Equal(5);
    }

    [Fact]
    public void That_begin_with_one_that_cannot_be_read_leave_it_alone()
    {
        var lines = new HouseholdLines();

        Add(lines, 2, "\"").Should().BeNull();
        Add(lines, 3, "\"").Should().BeNull();
        Add(lines, 4, "A").Should().Equal(2, 3);
        Add(lines, 5, "A").Should().BeNull();

        lines.End()!.Select(line => line.Row).Should().Equal(4, 5);
    }

    [Fact]
    public void With_an_id_that_comes_again_later_are_another_household()
    {
        var lines = new HouseholdLines();

        Add(lines, 2, "A").Should().BeNull();
        Add(lines, 3, "B").Should().Equal(2);
        Add(lines, 4, "A").Should().Equal(3);
    }

    [Theory]
    [InlineData(100, false)]
    [InlineData(101, true)]
    public void Are_too_many_above_a_hundred(int count, bool tooLong)
    {
        var lines = new HouseholdLines();

        for (var row = 0; row < count; row++)
        {
            Add(lines, row + 2, "A");
        }

        lines.TooLong.Should().Be(tooLong);
    }

    private static IEnumerable<long>? Add(HouseholdLines lines, long row, string text) =>
        lines.Add(RegistryLine.Cut(row, text, Header))?.Select(line => line.Row);
}
