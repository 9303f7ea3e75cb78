using System.Globalization;
using TwinTrack.Kernel;

namespace TwinTrack.Domain.Tests.Kernel;

public sealed class Currency_table
{
    [Fact]
    public void Has_the_decimals_of_iso_4217()
    {
        // Entity, currency, alphabetic code, numeric code, minor unit, withdrawal date; names may hold commas, codes
        // never.
        var official = File.ReadLines(Conformance.File("identifiers/iso4217-codes-all.csv")).Skip(1)
            .Select(line => line.Split(','))
            .Where(fields => fields[^1].Length == 0 && byte.TryParse(fields[^2], CultureInfo.InvariantCulture, out _))
            .Select(fields => (Code: fields[^4], Exponent: byte.Parse(fields[^2], CultureInfo.InvariantCulture)))
            .Distinct().ToDictionary(row => row.Code, row => row.Exponent);

        Currency.All.Where(currency => official.ContainsKey(currency.Code)).Should().HaveCountGreaterThan(140);
        foreach (var currency in Currency.All.Where(currency => official.ContainsKey(currency.Code)))
        {
            currency.Exponent.Should().Be(official[currency.Code], currency.Code);
        }
    }

    [Theory]
    [InlineData("XOF", 15000, "15000")]
    [InlineData("USD", 5, "0.05")]
    [InlineData("USD", 1520, "15.20")]
    [InlineData("TND", 1, "0.001")]
    [InlineData("USD", -1520, "-15.20")]
    public void Writes_minor_units_with_the_currencys_own_decimals(string code, long minor, string text) =>
        Of(code).Format(minor).Should().Be(text);

    [Theory]
    [InlineData("XOF", "15000", 15000)]
    [InlineData("XOF", "15000.00", 15000)]
    [InlineData("USD", "15.2", 1520)]
    [InlineData("USD", "15.20", 1520)]
    [InlineData("TND", "0.001", 1)]
    public void Reads_what_providers_write(string code, string text, long minor) =>
        Of(code).Parse(text).Match(value => value, refusal => throw new InvalidOperationException(refusal.Code))
            .Should().Be(minor);

    [Theory]
    [InlineData("XOF", "0.5")]
    [InlineData("USD", "1.234")]
    [InlineData("XOF", "15.000")]
    [InlineData("XOF", "1.000")]
    [InlineData("USD", "15.000")]
    [InlineData("TND", "15.0000")]
    [InlineData("CLF", "15.00000")]
    [InlineData("USD", "1e3")]
    [InlineData("USD", "-1")]
    [InlineData("USD", "1,000")]
    [InlineData("USD", "1.")]
    [InlineData("USD", ".5")]
    [InlineData("USD", "")]
    [InlineData("USD", null)]
    [InlineData("USD", "٣")]
    [InlineData("USD", "12345678901234567")]
    [InlineData("CLF", "999999999999999")]
    public void Refuses_what_is_not_exactly_an_amount(string code, string? text) =>
        Of(code).Parse(text).Should().BeOfType<Result<long>.No>();

    [Fact]
    public void Reads_back_every_amount_it_writes()
    {
        var random = new Random(4217);
        foreach (var currency in Currency.All)
        {
            for (var count = 0; count < 20; count++)
            {
                var minor = random.NextInt64(0, 999_999_999_999);
                currency.Parse(currency.Format(minor)).Should()
                    .Be((Result<long>)minor, Invariant($"{minor} {currency.Code}"));
            }
        }
    }

    [Theory]
    [InlineData("ZZZ")]
    [InlineData("xof")]
    [InlineData("")]
    [InlineData(null)]
    public void Does_not_know_what_is_not_a_currency(string? code) =>
        Currency.Of(code).Should().BeOfType<Result<Currency>.No>();

    [Fact]
    public void An_amount_of_nothing_is_refused() =>
        Money.Of(0, "XOF").Match(_ => "", refusal => refusal.Code).Should().Be("money.not_positive");

    private static Currency Of(string code) =>
        Currency.Of(code).Match(known => known, refusal => throw new InvalidOperationException(refusal.Code));
}
