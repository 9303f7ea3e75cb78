using TwinTrack.Enrolments.Domain;

namespace TwinTrack.Domain.Tests.Enrolments;

public sealed class An_import_tally
{
    private static readonly ImportCounts Nothing = new(0, 0, 0, 0, 0, 0, 0);
    private static readonly HouseholdReading Bad = new(null, [new RowError(2, "area", "area.unknown", "")], 3);
    private static readonly HouseholdReading Known = new(
        null, [new RowError(2, "household_id", "household.duplicate", "")], 2);

    [Fact]
    public void Counts_households_and_rows_apart()
    {
        var tally = Nothing.And(Bad).And(Known);

        (tally.Rows, tally.Households, tally.Rejected, tally.RowsRejected, tally.Duplicates).Should()
            .Be((5, 2, 2, 5, 1));
    }

    [Fact]
    public void Refuses_the_file_when_more_than_half_of_at_least_twenty_households_are_bad()
    {
        (Nothing with { Households = 19, Rejected = 19 }).Fault(atEnd: true).Should().BeNull();
        (Nothing with { Households = 20, Rejected = 10 }).Fault(atEnd: false).Should().BeNull();
        (Nothing with { Households = 20, Rejected = 11 }).Fault(atEnd: false)!.Code.Should().Be("file.mostly_bad");
    }

    [Fact]
    public void Does_not_count_what_is_registered_already_as_bad() =>
        (Nothing with { Households = 100, Rejected = 100, Duplicates = 100 }).Fault(atEnd: true).Should().BeNull();

    [Fact]
    public void Refuses_a_file_without_a_household() => Nothing.Fault(atEnd: true)!.Code.Should().Be("file.empty");

    [Fact]
    public void Tells_the_fate_of_the_good_rows_in_every_state()
    {
        var tally = new ImportCounts(9, 3, 2, 1, 3, 0, 1);

        tally.Fate(ImportState.Completed).Should().StartWith("2 good households are registered, of which 1 are held");
        tally.Fate(ImportState.Refused).Should().StartWith("Nothing of this file is registered");
        tally.Fate(ImportState.Staging).Should().StartWith("Nothing is registered yet");
    }

    [Theory]
    [InlineData("Amina Moussa", "A. M.")]
    [InlineData("  Élodie", "É.")]
    public void And_a_mask_shows_initials_only(string name, string shown) => Mask.Initials(name).Should().Be(shown);

    [Fact]
    public void And_a_mask_shows_the_last_two_digits_of_an_account()
    {
        Mask.Account("+22790123456").Should().Be("••56");
        Mask.Account(null).Should().BeEmpty();
    }
}
