using TwinTrack.Enrolments.Domain;

namespace TwinTrack.Domain.Tests.Enrolments;

public sealed class A_registry_row
{
    internal static readonly DateOnly Today = new(2026, 11, 22);
    internal static readonly HashSet<string> Areas = ["NE001", "NE002"];

    private static readonly CsvHeader Header = HeaderOf(string.Join(',', RegistryLine.Columns));

    /// <summary>A household with nothing wrong in it; each test breaks one thing.</summary>
    private static readonly Dictionary<string, string> Good = new()
    {
        ["household_id"] = "NE-000001",
        ["area"] = "NE001",
        ["poverty_score"] = "23.5",
        ["registered_on"] = "2026-01-02",
        ["member"] = "1",
        ["name"] = "Amina Moussa",
        ["sex"] = "F",
        ["birth_date"] = "1990-05-06",
        ["national_id"] = "12345678",
        ["instrument"] = "mobile",
        ["account"] = "+22790123456",
        ["bank_bic"] = "",
    };

    [Fact]
    public void With_nothing_wrong_becomes_a_household_of_one()
    {
        var reading = Read([]);

        reading.Errors.Should().BeEmpty();
        reading.Household!.Head.Should()
            .Be(new MemberRecord(1, "Amina Moussa", Sex.F, new DateOnly(1990, 5, 6), "12345678"));
        reading.Household.PovertyScore.Hundredths.Should().Be(2350);
        reading.Household.Instrument.Should().Be(new Instrument("mobile", "+22790123456", null));
        reading.Household.PayeeText.Should().Be("Amina Moussa|mobile|+22790123456|");
    }

    [Theory]
    [InlineData("household_id", "", "text.missing")]
    [InlineData("household_id", "NE 1", "household_id.unreadable")]
    [InlineData("household_id", "2.27E+10", "number.scientific")]
    [InlineData("household_id", "123456789012345678901234567890123", "household_id.unreadable")]
    [InlineData("area", "NE999", "area.unknown")]
    [InlineData("area", "", "text.missing")]
    [InlineData("poverty_score", "-3", "number.negative")]
    [InlineData("poverty_score", "100.01", "poverty_score.out_of_range")]
    [InlineData("poverty_score", "12.345", "number.unreadable")]
    [InlineData("poverty_score", "twelve", "number.unreadable")]
    [InlineData("poverty_score", "1E+2", "number.scientific")]
    [InlineData("registered_on", "2026-11-23", "date.future")]
    [InlineData("registered_on", "02/01/2026", "date.unreadable")]
    [InlineData("member", "2", "member.head_missing")]
    [InlineData("member", "-1", "number.negative")]
    [InlineData("member", "x", "number.unreadable")]
    [InlineData("name", "", "text.missing")]
    [InlineData("name", "Amina\u0007", "text.control_character")]
    [InlineData("name", "Amina\u202Eassuom", "text.control_character")]
    [InlineData("sex", "f", "sex.unknown")]
    [InlineData("birth_date", "2026-11-23", "date.future")]
    [InlineData("birth_date", "1890-01-01", "date.too_old")]
    [InlineData("birth_date", "2026-02-30", "date.unreadable")]
    [InlineData("national_id", "2.27E+10", "number.scientific")]
    [InlineData("national_id", "-5551", "number.negative")]
    [InlineData("national_id", "a?b#", "national_id.unreadable")]
    [InlineData("instrument", "cheque", "instrument.unknown")]
    [InlineData("instrument", "", "text.missing")]
    [InlineData("account", "2.27E+10", "number.scientific")]
    [InlineData("account", "22790123456", "account.not_a_phone")]
    [InlineData("account", "+227 90123456", "account.not_a_phone")]
    [InlineData("account", "+2279012345", "account.not_a_phone")]
    [InlineData("account", "+22700123456", "account.not_a_phone")]
    [InlineData("account", "+99912345678", "account.not_a_phone")]
    [InlineData("account", "+22720201234", "account.not_mobile")]
    [InlineData("account", "+254202012345", "account.not_mobile")]
    [InlineData("account", "-22790123456", "number.negative")]
    [InlineData("account", "", "text.missing")]
    [InlineData("bank_bic", "BIAONENI", "bank_bic.only_for_bank")]
    public void With_one_field_wrong_names_field_and_code_and_never_the_value(string field, string value, string code)
    {
        var reading = Read(new() { [field] = value });

        reading.Household.Should().BeNull();
        var error = reading.Errors.Should().ContainSingle().Subject;
        (error.Row, error.Field, error.Code).Should().Be((2, field, code));
        if (value.Length > 2)
        {
            error.Reason.Should().NotContain(value);
        }
    }

    [Theory]
    [InlineData("+22790123456", "NE", "")]
    [InlineData("+254700000001", "NE", "account.other_country")]
    [InlineData("+254700000001", "KE", "")]
    [InlineData("+254700000001", null, "")]
    public void Of_a_wallet_has_a_number_of_the_country_that_is_paid(string account, string? country, string code) =>
        string.Join(',', Read(new() { ["account"] = account }, country).Errors.Select(error => error.Code))
            .Should().Be(code);

    [Fact]
    public void With_a_field_over_140_characters_is_refused() =>
        Read(new() { ["name"] = new string('A', 141) }).Errors.Should().ContainSingle().Which.Code.Should()
            .Be("text.too_long");

    [Theory]
    [InlineData("GB82WEST12345698765432", "")]
    [InlineData("GB82 WEST 1234 5698 7654 32", "")]
    [InlineData("DE89370400440532013000", "")]
    [InlineData("FR1420041010050500013M02606", "")]
    [InlineData("GB83WEST12345698765432", "account.iban_checksum")]
    [InlineData("NE00NE1429857437595298095167", "account.iban_checksum")]
    [InlineData("DE8937040044053201300", "account.iban_length")]
    [InlineData("NE0100100100012345", "account.iban_length")]
    [InlineData("001234567890", "")]
    [InlineData("ZZ12ABCDEF", "")]
    [InlineData("12345", "account.unreadable")]
    [InlineData("abc123456", "account.unreadable")]
    [InlineData("2.27E+10", "number.scientific")]
    [InlineData("12E4567890", "")]
    public void Of_a_bank_account_has_its_account_checked(string account, string code)
    {
        var reading = Read(new() { ["instrument"] = "bank", ["account"] = account, ["bank_bic"] = "BIAONENI" });

        string.Join(',', reading.Errors.Select(error => error.Code)).Should().Be(code);
        if (code.Length == 0)
        {
            reading.Household!.Instrument.Account.Should().Be(account.Replace(" ", "", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("BIAONENI", "")]
    [InlineData("BIAONENIXXX", "")]
    [InlineData("", "text.missing")]
    [InlineData("BIAO", "bank_bic.unreadable")]
    public void Of_a_bank_account_needs_a_bic(string bic, string code) =>
        string.Join(
            ',', Read(
                new() { ["instrument"] = "bank", ["account"] = "001234567890", ["bank_bic"] = bic }).Errors.Select(
                error => error.Code))
            .Should().Be(code);

    [Fact]
    public void Of_cash_has_no_account()
    {
        Read(new() { ["instrument"] = "cash", ["account"] = "" }).Household!.Instrument.Should()
            .Be(new Instrument("cash", null, null));
        Read(new() { ["instrument"] = "cash" }).Errors.Should().ContainSingle().Which.Code.Should()
            .Be("account.not_for_cash");
    }

    [Fact]
    public void With_too_few_or_too_many_columns_says_so()
    {
        Cut(2, "NE-1,NE001,1").Error!.Code.Should().Be("row.wrong_columns");
        Cut(2, Text(Good) + ",x").Error!.Code.Should().Be("row.wrong_columns");
        Cut(2, "\"NE-1,NE001").Error!.Code.Should().Be("row.broken_quotes");
    }

    internal static string Text(Dictionary<string, string> fields) =>
        string.Join(',', RegistryLine.Columns.Select(column => fields[column]));

    internal static Dictionary<string, string> With(Dictionary<string, string> changes)
    {
        var fields = new Dictionary<string, string>(Good);
        foreach (var (field, value) in changes)
        {
            fields[field] = value;
        }

        return fields;
    }

    internal static RegistryLine Cut(long row, string text) => RegistryLine.Cut(row, text, Header);

    internal static CsvHeader HeaderOf(string line) =>
        CsvHeader.Read(line, RegistryLine.Columns)
            .Match(header => header, refusal => throw new InvalidOperationException(refusal.Code));

    private static HouseholdReading Read(Dictionary<string, string> changes, string? country = null) =>
        HouseholdRules.Read([Cut(2, Text(With(changes)))], Areas, Today, country);
}
