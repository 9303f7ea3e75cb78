using TwinTrack.Enrolments.Domain;
using static TwinTrack.Domain.Tests.Enrolments.A_registry_row;

namespace TwinTrack.Domain.Tests.Enrolments;

/// <summary>The limits of single fields. The day of reading is 22 November 2026.</summary>
public sealed class Fields_of_a_row
{
    [Theory]
    [InlineData("registered_on", "2026-11-22", "")]
    [InlineData("registered_on", "2026-11-23", "date.future")]
    [InlineData("birth_date", "2026-11-22", "")]
    [InlineData("birth_date", "1896-11-22", "")]
    [InlineData("birth_date", "1896-11-21", "date.too_old")]
    [InlineData("birth_date", "1990-5-6", "date.unreadable")]
    [InlineData("birth_date", "", "text.missing")]
    [InlineData("registered_on", "", "text.missing")]
    public void Hold_a_day_of_the_last_130_years(string field, string value, string code) =>
        Codes(field, value).Should().Be(code);

    [Theory]
    [InlineData("A", "")]
    [InlineData("a/B-9", "")]
    [InlineData("12345678901234567890123456789012", "")]
    [InlineData("12E4567", "")]
    [InlineData("A.B", "household_id.unreadable")]
    [InlineData("A_B", "household_id.unreadable")]
    [InlineData("+1e+5", "number.scientific")]
    [InlineData("1.5E10", "number.scientific")]
    [InlineData("1e-5", "number.scientific")]
    public void Hold_a_household_id_of_1_to_32_characters(string id, string code) =>
        Codes("household_id", id).Should().Be(code);

    [Theory]
    [InlineData("0", "number.unreadable")]
    [InlineData("1.0", "number.unreadable")]
    [InlineData("+1", "number.unreadable")]
    [InlineData("2147483648", "number.unreadable")]
    [InlineData("-", "number.unreadable")]
    [InlineData("-x", "number.unreadable")]
    [InlineData("\u22121", "number.negative")]
    [InlineData("", "text.missing")]
    public void Hold_a_members_number_above_zero(string number, string code) =>
        Codes("member", number).Should().Be(code);

    [Theory]
    [InlineData("ab12", "AB12")]
    [InlineData("a.b/c-d e", "A.B/C-D E")]
    [InlineData("12345678901234567890123456789012", "12345678901234567890123456789012")]
    [InlineData("", null)]
    public void Hold_a_national_id_in_capital_letters_or_none(string text, string? kept) =>
        Read("national_id", text).Household!.Head.NationalId.Should().Be(kept);

    [Theory]
    [InlineData("abc")]
    [InlineData("123456789012345678901234567890123")]
    [InlineData("ab_12")]
    public void Hold_no_national_id_but_one_of_4_to_32_characters(string text) =>
        Codes("national_id", text).Should().Be("national_id.unreadable");

    [Theory]
    [InlineData("F", Sex.F)]
    [InlineData("M", Sex.M)]
    public void Hold_one_of_two_sexes(string text, Sex sex) => Read("sex", text).Household!.Head.Sex.Should().Be(sex);

    [Theory]
    [InlineData('\u0000', false)]
    [InlineData('\u0009', false)]
    [InlineData('\u001F', false)]
    [InlineData(' ', true)]
    [InlineData('~', true)]
    [InlineData('\u007F', false)]
    [InlineData('\u009F', false)]
    [InlineData('\u00A0', true)]
    [InlineData('\u2027', true)]
    [InlineData('\u2028', false)]
    [InlineData('\u2029', false)]
    [InlineData('\uFEFF', false)]
    [InlineData('\u202A', false)]
    [InlineData('\u202B', false)]
    [InlineData('\u202C', false)]
    [InlineData('\u202D', false)]
    [InlineData('\u202E', false)]
    [InlineData('\u2066', false)]
    [InlineData('\u2067', false)]
    [InlineData('\u2068', false)]
    [InlineData('\u2069', false)]
    public void Hold_no_character_that_shows_a_name_as_another(char letter, bool accepted) =>
        Codes("name", Invariant($"Amina{letter}Moussa")).Should().Be(accepted ? "" : "text.control_character");

    [Fact]
    public void Hold_at_most_140_characters_and_no_second_error()
    {
        Codes("name", new string('A', 140)).Should().BeEmpty();
        Codes("account", new string('1', 141)).Should().Be("text.too_long", "it is not read as an account too");
        Codes("national_id", "1\u00072").Should().Be("text.control_character");
    }

    [Theory]
    [InlineData("BIAONENI", "")]
    [InlineData("BIAONEN9", "")]
    [InlineData("BIAONENIXX9", "")]
    [InlineData("BIAONENIXX", "bank_bic.unreadable")]
    [InlineData("BIAONENIXXXX", "bank_bic.unreadable")]
    [InlineData("BIAO9ENI", "bank_bic.unreadable")]
    [InlineData("BIA1NENI", "bank_bic.unreadable")]
    [InlineData("biaoneni", "bank_bic.unreadable")]
    public void Hold_a_bic_of_eight_or_eleven_characters(string bic, string code) =>
        Codes(new() { ["instrument"] = "bank", ["account"] = "123456", ["bank_bic"] = bic }).Should().Be(code);

    [Fact]
    public void Of_a_bank_account_are_kept_with_its_bic_and_make_the_text_of_the_payee()
    {
        var household = Read(new()
        {
            ["instrument"] = "bank",
            ["account"] = "123 456",
            ["bank_bic"] = "BIAONENI",
        }).Household!;

        household.Instrument.Should().Be(new Instrument("bank", "123456", "BIAONENI"));
        household.PayeeText.Should().Be("Amina Moussa|bank|123456|BIAONENI");
    }

    [Fact]
    public void Are_all_judged_so_that_a_row_is_corrected_once()
    {
        Codes(new() { ["instrument"] = "bank", ["account"] = "12345", ["bank_bic"] = "x" }).Should()
            .Be("account.unreadable,bank_bic.unreadable");
        Codes(new() { ["instrument"] = "cash", ["bank_bic"] = "BIAONENI" }).Should()
            .Be("account.not_for_cash,bank_bic.only_for_bank");
        Codes(new() { ["household_id"] = "", ["area"] = "", ["poverty_score"] = "", ["name"] = "" }).Should()
            .Be("text.missing,text.missing,text.missing,text.missing");
        Codes(new() { ["area"] = "XX", ["sex"] = "x", ["birth_date"] = "x", ["national_id"] = "x" }).Should()
            .Be("area.unknown,sex.unknown,date.unreadable,national_id.unreadable");
    }

    [Fact]
    public void After_an_unknown_instrument_are_not_judged_as_any_instruments_account() =>
        Codes(new() { ["instrument"] = "cheque", ["account"] = "?", ["bank_bic"] = "?" }).Should()
            .Be("instrument.unknown");

    private static string Codes(string field, string value) => Codes(new() { [field] = value });

    private static string Codes(Dictionary<string, string> changes) =>
        string.Join(',', Read(changes).Errors.Select(error => error.Code));

    private static HouseholdReading Read(string field, string value) => Read(new() { [field] = value });

    private static HouseholdReading Read(Dictionary<string, string> changes) =>
        HouseholdRules.Read([Cut(2, Text(With(changes)))], Areas, Today, null);
}
