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
    public void Adds_a_good_household_to_what_it_has_counted()
    {
        var good = HouseholdRules.Read(
            [A_registry_row.Cut(2, A_registry_row.Text(A_registry_row.With([])))], A_registry_row.Areas,
            A_registry_row.Today, null);

        new ImportCounts(10, 9, 8, 7, 6, 5, 4).And(good).Should().Be(new ImportCounts(11, 10, 9, 7, 6, 5, 4));
    }

    [Fact]
    public void Adds_a_bad_and_a_known_household_to_what_it_has_counted()
    {
        var counts = new ImportCounts(10, 9, 8, 7, 6, 5, 4);

        counts.And(Bad).Should().Be(new ImportCounts(13, 10, 8, 8, 9, 5, 4));
        counts.And(Known).Should().Be(new ImportCounts(12, 10, 8, 8, 8, 6, 4));
    }

    [Fact]
    public void Takes_a_household_for_known_even_if_another_of_its_lines_is_broken()
    {
        RowError[] errors = [new(2, "row", "row.broken_quotes", ""), new(3, "x", "household.duplicate", "")];

        Nothing.And(new HouseholdReading(null, errors, 2)).Duplicates.Should().Be(1);
    }

    [Theory]
    [InlineData(21, 10, 0, "")]
    [InlineData(21, 11, 0, "file.mostly_bad")]
    [InlineData(40, 30, 10, "")]
    [InlineData(40, 31, 10, "file.mostly_bad")]
    [InlineData(19, 19, 0, "")]
    public void Judges_only_what_is_not_registered_already(long households, long rejected, long known, string code) =>
        ((Nothing with { Households = households, Rejected = rejected, Duplicates = known }).Fault(atEnd: false)?.Code
            ?? "").Should().Be(code);

    [Fact]
    public void Finds_a_file_empty_only_at_its_end()
    {
        Nothing.Fault(atEnd: false).Should().BeNull();
        (Nothing with { Households = 1 }).Fault(atEnd: true).Should().BeNull();
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
    [InlineData(ImportState.Received)]
    [InlineData(ImportState.Staging)]
    [InlineData(ImportState.Checking)]
    public void Promises_nothing_before_the_file_is_read_whole(ImportState state) =>
        new ImportCounts(9, 3, 2, 1, 3, 0, 1).Fate(state).Should().Be(
            "Nothing is registered yet: 3 households are read, 2 of them good. "
            + "The good ones are registered together once the file is read whole.");

    [Theory]
    [InlineData(ImportState.Refusing)]
    [InlineData(ImportState.Refused)]
    public void Says_that_a_refused_file_changed_nothing(ImportState state) =>
        new ImportCounts(9, 3, 2, 1, 3, 0, 1).Fate(state).Should().Be(
            "Nothing of this file is registered, its good rows neither: the file was refused as a whole. "
            + "Correct it and import it again.");

    [Theory]
    [InlineData(0, 0, "2 good households are registered. No row was rejected.")]
    [InlineData(1, 0, "2 good households are registered, of which 1 are held as possible duplicates until they are "
        + "decided. No row was rejected.")]
    [InlineData(0, 1, "2 good households are registered. 1 households (3 rows) were rejected whole and changed "
        + "nothing; correct them and import them in a new file.")]
    public void Says_what_is_registered_held_and_rejected_at_the_end(long flagged, long rejected, string fate) =>
        new ImportCounts(9, 3, 2, rejected, 3, 0, flagged).Fate(ImportState.Completed).Should().Be(fate);

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
