using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Domain.Tests.Providers;

public sealed class An_order_for_a_connection
{
    private static readonly Currency Xof =
        Currency.Of("XOF").Match(known => known, no => throw new FormatException(no.Code));

    [Theory]
    [InlineData("XOF", 1, true)]
    [InlineData("XAF", 1, false)]
    [InlineData("xof", 1, false)]
    [InlineData("XOF", 0, false)]
    [InlineData("XOF", -1, false)]
    public void Is_payable_in_its_currency_and_above_zero(string currency, long amountMinor, bool payable) =>
        PayableRule.Allows(currency, amountMinor, Xof).Should().Be(payable);

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void Is_payable_up_to_the_most_that_the_provider_takes(long amountMinor, bool payable) =>
        PayableRule.Allows(Xof.Code, amountMinor, Xof, maxMinor: 100).Should().Be(payable);
}
