using System.Text;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Tests.Compliance;
using TwinTrack.Providers.Tests.MobileMoney;

namespace TwinTrack.Providers.Sample.Tests;

// <suite>
public sealed class An_instant_switch : Every_adapter
{
    protected override Rig NewRig(Func<IProviderAdapter, IProviderAdapter> disguise, TimeSpan patience) =>
        new InstantSwitchRig { Disguise = disguise, Patience = patience };
}
// </suite>

public sealed class An_instant_switchs_words
{
    private static readonly Connection Connection =
        OurSide.Connection(new Uri("https://switch.example"), "KES", ("maxPerPaymentMinor", "25000000"));

    [Fact]
    public void No_funds_refuse_this_copy_only_and_free_nothing() =>
        SwitchStatusMap.Table.Read("submission", "RJCT").Outcome.Should().Be(Outcome.Unknown);

    [Theory]
    [InlineData("baseUrl", "http://switch.example")]
    [InlineData("apiKey", "")]
    [InlineData("maxPerPaymentMinor", "-1")]
    public void A_setting_that_will_not_do_is_named(string setting, string value)
    {
        using var http = new HttpClient();
        var settings = new Dictionary<string, string>(Connection.Settings) { [setting] = value };

        new InstantSwitchAdapter(http).Check(Connection with { Settings = settings })
            .Match(_ => "", refusal => refusal.Reason).Should().Contain(setting);
    }

    [Fact]
    public void The_schemes_limit_is_declared()
    {
        using var http = new HttpClient();

        new InstantSwitchAdapter(http).AbilitiesOf(Connection).MaxPerPaymentMinor.Should().Be(25_000_000);
    }

    [Theory]
    [InlineData("150.00", "KES", "")]
    [InlineData("150.001", "KES", "instant_switch.statement")]
    [InlineData("150.00", "USD", "statement.currency")]
    [InlineData("0.00", "KES", "statement.amount_unreadable")]
    public void A_statement_is_read_whole_or_refused_whole(string amount, string currency, string refusal)
    {
        using var http = new HttpClient();
        var text = $$"""
            { "reference": "S1", "final": true, "coversFrom": "2026-03-01T00:00:00Z",
              "coversUntil": "2026-03-02T00:00:00Z",
              "lines": [ { "reference": null, "returned": false, "amount": "{{amount}}", "currency": "{{currency}}",
                           "bookedOn": "2026-03-01", "switchReference": "S-1" } ] }
            """;

        new InstantSwitchAdapter(http).ReadStatement(Connection, new Document("s", Encoding.UTF8.GetBytes(text)))
            .Match(_ => "", refused => refused.Code).Should().Be(refusal);
    }
}
