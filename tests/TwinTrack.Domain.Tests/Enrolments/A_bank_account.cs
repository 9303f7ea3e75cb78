using TwinTrack.Enrolments.Domain;

namespace TwinTrack.Domain.Tests.Enrolments;

public sealed class A_bank_account
{
    /// <summary>One account of the first and the last country in each row of the table.</summary>
    [Theory]
    [InlineData("AD8212345678901234567890")]
    [InlineData("EE201234567890123456")]
    [InlineData("GE16123456789012345678")]
    [InlineData("LU061234567890123456")]
    [InlineData("MR8212345678901234567890123")]
    [InlineData("SK9312345678901234567890")]
    [InlineData("UA511234567890123456789012345")]
    [InlineData("YE8112345678901234567890123456")]
    [InlineData("BF51123456789012345678901234")]
    [InlineData("DZ851234567890123456789012")]
    [InlineData("NO2812345678901")]
    [InlineData("RU3212345678901234567890123456789")]
    public void Has_the_length_of_its_countrys_ibans(string account)
    {
        Of(account).Should().Be(account);
        Of(account[..^1]).Should().Be("account.iban_length");
        Of(account + "0").Should().Be("account.iban_length");
    }

    [Theory]
    [InlineData("NO0200000000004", "")]
    [InlineData("NO9900000000004", "account.iban_checksum")]
    [InlineData("NO9800000000022", "")]
    [InlineData("NO0100000000022", "account.iban_checksum")]
    [InlineData("NO9700000000040", "")]
    [InlineData("NO0000000000040", "account.iban_checksum")]
    public void Has_one_spelling_because_check_digits_go_from_02_to_98(string account, string code) =>
        Of(account).Should().Be(code.Length == 0 ? account : code);

    [Theory]
    [InlineData("NO2812345678902")]
    [InlineData("NO2912345678901")]
    [InlineData("NO2812345678910")]
    [InlineData("GB82WEST12345698765423")]
    [InlineData("GB82WESU12345698765432")]
    public void With_one_wrong_character_fails_its_check(string account) =>
        Of(account).Should().Be("account.iban_checksum");

    [Theory]
    [InlineData("12345", "account.unreadable")]
    [InlineData("123456", "")]
    [InlineData("123456789012345678901234567890", "")]
    [InlineData("1234567890123456789012345678901", "account.unreadable")]
    [InlineData("GB82", "account.unreadable")]
    [InlineData("NEABCDEF", "")]
    [InlineData("gb82west12345698765432", "account.unreadable")]
    [InlineData("ABC-123456", "account.unreadable")]
    [InlineData("", "account.unreadable")]
    [InlineData("-123456", "number.negative")]
    public void Without_an_iban_has_six_to_thirty_capital_letters_and_digits(string account, string code) =>
        Of(account).Should().Be(code.Length == 0 ? account : code);

    [Fact]
    public void Is_kept_without_the_spaces_that_people_print_in_it() =>
        Of("NO28 1234 5678 901").Should().Be("NO2812345678901");

    private static string Of(string text) => BankAccount.Parse(text).Match(account => account, refusal => refusal.Code);
}
