using TwinTrack.Enrolments.Domain;
using static TwinTrack.Domain.Tests.Enrolments.A_registry_row;

namespace TwinTrack.Domain.Tests.Enrolments;

public sealed class A_household_of_many_rows
{
    [Fact]
    public void Is_taken_whole_when_every_row_is_good()
    {
        var reading = Read(Head(), Member(2, "1985-01-01"), Member(3, "2024-01-01"));

        reading.Household!.Members.Should().HaveCount(3);
        reading.Household.Alternate(Today).Should().Be("Person 2");
        reading.Rows.Should().Be(3);
    }

    [Fact]
    public void Has_no_alternate_when_the_second_member_is_a_child() =>
        Read(Head(), Member(2, "2010-01-01")).Household!.Alternate(Today).Should().BeNull();

    [Fact]
    public void Is_rejected_whole_for_one_bad_row_and_every_row_is_reported()
    {
        var reading = Read(Head(), Member(2, "2030-01-01"), Member(3, "2024-01-01"));

        reading.Household.Should().BeNull();
        reading.Errors.Select(error => (error.Row, error.Code)).Should()
            .Equal((2, "household.rejected"), (3, "date.future"), (4, "household.rejected"));
    }

    [Fact]
    public void Numbers_its_members_without_a_gap() =>
        Read(Head(), Member(3, "1985-01-01")).Errors.Should()
            .Contain(error => error.Row == 3 && error.Code == "member.out_of_order");

    [Fact]
    public void Has_at_most_thirty_members() =>
        Read([Head(), .. Enumerable.Range(2, 30).Select(number => Member(number, "1985-01-01"))]).Errors
            .Should().HaveCount(31).And.Contain(error => error.Row == 32 && error.Code == "household.too_many_members");

    [Fact]
    public void May_repeat_what_the_head_says_but_not_contradict_it()
    {
        Read(Head(), With(Member(2, "1985-01-01"), "area", "NE001")).Errors.Should().BeEmpty();
        Read(Head(), With(Member(2, "1985-01-01"), "area", "NE002")).Errors.Should()
            .Contain(error => error.Field == "area" && error.Code == "household.inconsistent");
    }

    [Fact]
    public void Does_not_hold_the_same_national_id_twice() =>
        Read(Head(), With(Member(2, "1985-01-01"), "national_id", "12345678")).Errors.Should()
            .Contain(error => error.Row == 3 && error.Code == "national_id.repeated");

    [Fact]
    public void Is_gathered_from_rows_that_stand_together()
    {
        var lines = new HouseholdLines();

        lines.Add(Cut(2, Text(Head()))).Should().BeNull();
        lines.Add(Cut(3, Text(Member(2, "1985-01-01")))).Should().BeNull();
        lines.Add(Cut(4, Text(With(Head(), "household_id", "NE-2"))))!.Select(line => line.Row).Should().Equal(2, 3);
        lines.End()!.Select(line => line.Row).Should().Equal(4);
    }

    [Fact]
    public void Is_rejected_when_a_line_after_it_cannot_be_read()
    {
        var lines = new HouseholdLines();
        lines.Add(Cut(2, Text(Head())));
        lines.Add(Cut(3, "\"broken")).Should().BeNull("nobody can tell whose line that was");

        HouseholdRules.Read(lines.End()!, Areas, Today, null).Errors.Select(error => error.Code).Should()
            .Equal("household.rejected", "row.broken_quotes");
    }

    [Fact]
    public void That_is_known_already_is_reported_row_by_row() =>
        HouseholdRules.Duplicate([Cut(2, Text(Head())), Cut(3, Text(Member(2, "1985-01-01")))]).Errors
            .Should().HaveCount(2).And.OnlyContain(error => error.Code == "household.duplicate");

    [Fact]
    public void Holds_the_heads_fields_and_every_member_in_order()
    {
        var household = Read(Head(), Member(2, "1985-01-01")).Household!;

        (household.Row, household.RegistryId, household.Area, household.RegisteredOn).Should()
            .Be((2, "NE-000001", "NE001", new DateOnly(2026, 1, 2)));
        household.Members[1].Should().Be(new MemberRecord(2, "Person 2", Sex.M, new DateOnly(1985, 1, 1), null));
    }

    [Theory]
    [InlineData("2008-11-22", "Person 2")]
    [InlineData("2008-11-23", null)]
    public void Has_the_second_member_as_alternate_from_the_eighteenth_birthday(string born, string? alternate) =>
        Read(Head(), Member(2, born)).Household!.Alternate(Today).Should().Be(alternate);

    [Fact]
    public void Has_no_alternate_when_the_head_is_alone() => Read(Head()).Household!.Alternate(Today).Should().BeNull();

    [Fact]
    public void May_have_thirty_members() =>
        Read([Head(), .. Enumerable.Range(2, 29).Select(number => Member(number, "1985-01-01"))]).Household!.Members
            .Should().HaveCount(30);

    [Fact]
    public void With_too_many_members_names_each_row_beyond_the_thirtieth_and_counts_all()
    {
        var reading = Read([Head(), .. Enumerable.Range(2, 31).Select(number => Member(number, "1985-01-01"))]);

        reading.Rows.Should().Be(32);
        reading.Errors.Select(error => error.Row).Should().Equal(Enumerable.Range(2, 32).Select(row => (long)row));
        reading.Errors.Where(error => error.Code == "household.too_many_members").Select(error => error.Row).Should()
            .Equal(32, 33);
        reading.Errors.Should().Contain(error => error.Row == 2 && error.Code == "household.rejected");
    }

    [Theory]
    [InlineData("area", "NE002")]
    [InlineData("poverty_score", "1")]
    [InlineData("registered_on", "2026-01-03")]
    [InlineData("instrument", "cash")]
    [InlineData("account", "+22790123457")]
    [InlineData("bank_bic", "BIAONENI")]
    public void Has_one_value_of_each_field_that_is_the_households(string field, string value)
    {
        var reading = Read(Head(), With(Member(2, "1985-01-01"), field, value));

        reading.Errors.Where(error => error.Row == 3).Select(error => (error.Field, error.Code)).Should()
            .Equal((field, "household.inconsistent"));
    }

    [Fact]
    public void Begins_with_its_first_member()
    {
        Codes(Head(), Head()).Should().Contain("3 member.out_of_order");
        Codes(With(Head(), "member", "2"), With(Member(2, "1985-01-01"), "member", "1")).Should()
            .Equal("2 member.head_missing", "3 member.out_of_order");
    }

    [Fact]
    public void Is_told_once_of_a_members_number_that_cannot_be_read() =>
        Codes(Head(), With(Member(2, "1985-01-01"), "member", "two")).Should()
            .Equal("2 household.rejected", "3 number.unreadable");

    [Fact]
    public void Does_not_hold_one_national_id_in_two_spellings()
    {
        var (second, third) = (Member(2, "1985-01-01"), Member(3, "1985-01-01"));

        Codes(Head(), With(second, "national_id", "ab12"), With(third, "national_id", "AB12")).Should()
            .Equal("2 household.rejected", "3 household.rejected", "4 national_id.repeated");
        Codes(Head(), second, third).Should().BeEmpty("having none is not having the same");
    }

    [Fact]
    public void Of_lines_that_cannot_be_read_is_rejected_line_by_line()
    {
        var reading = HouseholdRules.Read([Cut(2, "\"a"), Cut(3, "b")], Areas, Today, null);

        (reading.Household, reading.Rows).Should().Be((null, 2));
        reading.Errors.Select(error => (error.Row, error.Code)).Should()
            .Equal((2, "row.broken_quotes"), (3, "row.wrong_columns"));
    }

    [Fact]
    public void That_is_known_already_keeps_the_errors_of_its_unreadable_lines()
    {
        var reading = HouseholdRules.Duplicate([Cut(2, Text(Head())), Cut(3, "\"a")]);

        (reading.Household, reading.Rows).Should().Be((null, 2));
        reading.Errors.Select(error => (error.Row, error.Field, error.Code)).Should()
            .Equal((2, "household_id", "household.duplicate"), (3, "row", "row.broken_quotes"));
    }

    private static Dictionary<string, string> Head() => A_registry_row.With([]);

    private static Dictionary<string, string> Member(int number, string born) => A_registry_row.With(new()
    {
        ["area"] = "",
        ["poverty_score"] = "",
        ["registered_on"] = "",
        ["member"] = Invariant($"{number}"),
        ["name"] = Invariant($"Person {number}"),
        ["sex"] = "M",
        ["birth_date"] = born,
        ["national_id"] = "",
        ["instrument"] = "",
        ["account"] = "",
        ["bank_bic"] = "",
    });

    private static Dictionary<string, string> With(Dictionary<string, string> row, string field, string value) =>
        new(row) { [field] = value };

    private static IEnumerable<string> Codes(params Dictionary<string, string>[] rows) =>
        Read(rows).Errors.Select(error => Invariant($"{error.Row} {error.Code}"));

    private static HouseholdReading Read(params Dictionary<string, string>[] rows) =>
        HouseholdRules.Read([.. rows.Select((row, index) => Cut(index + 2, Text(row)))], Areas, Today, null);
}
