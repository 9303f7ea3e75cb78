using TwinTrack.Providers.Domain;

namespace TwinTrack.Domain.Tests.Providers;

public sealed class A_refusal_of_providers
{
    [Fact]
    public void Of_a_missing_adapter_names_it_and_those_that_there_are()
    {
        var refusal = ProviderRefusals.AdapterMissing("gsm", ["gsma", "iso20022"]);

        refusal.Code.Should().Be("adapter.missing");
        refusal.Reason.Should().Contain("'gsm'").And.EndWith("gsma, iso20022.");
    }

    [Fact]
    public void Of_a_statement_line_names_the_line_and_the_currency()
    {
        ProviderRefusals.LineCurrency(1_200, "XOF").Reason.Should().Contain("Line 1200 ").And.Contain(", XOF.");
        ProviderRefusals.LineAmount(1_200).Should().Be(
            ProviderRefusals.LineAmountUnreadable with { Reason = "Line 1200, amount: not above zero." });
    }
}
