using System.Text.Json;
using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.MobileMoney;

namespace TwinTrack.Providers.Tests.MobileMoney;

/// <summary>
/// Thousands of generated orders against the specification's own file; totals recomputed from the wire.
/// </summary>
public sealed class Every_body_we_write
{
    private const string File = "mobile-money-api-specification-1.2.0-disbursements.yaml";
    private static readonly MobileMoneySettings Settings = new(
        "key", Single: false, "twintrack", TwoSteps: false, 1_000, Reversal: true);
    private static readonly string[] Currencies = ["UGX", "XOF", "KES", "USD", "TND", "KWD"];

    [Fact]
    public void Keeps_the_specification()
    {
        var api = Specification();
        var cases =
            int.Parse(Environment.GetEnvironmentVariable("TWINTRACK_CASES") ?? "40",
                System.Globalization.CultureInfo.InvariantCulture);
        for (var seed = 1; seed <= cases; seed++)
        {
            var currency = OurSide.CurrencyOf(Currencies[seed % Currencies.Length]);
            var unit = Unit(seed);
            using var batch = JsonDocument.Parse(OrderBody.Batch(Settings, currency, unit, unit.Orders));

            api.Faults(batch.RootElement, "components/schemas/requestBatchTransaction").Should()
                .BeEmpty(Invariant($"seed {seed}"));
            batch.RootElement.GetProperty("transactions").EnumerateArray().Sum(row => Minor(currency, row)).Should()
                .Be(unit.Orders.Sum(order => order.AmountMinor));
            using var single = JsonDocument.Parse(OrderBody.Single(Settings, currency, unit, unit.Orders[0]));
            api.Faults(
                single.RootElement, "components/requestBodies/requestTransactionType/content/application~1json/schema")
                .Should().BeEmpty(Invariant($"seed {seed}"));
            Minor(currency, single.RootElement).Should().Be(unit.Orders[0].AmountMinor);
        }
    }

    [Fact]
    public void Keeps_it_when_it_approves_and_asks_back()
    {
        var api = Specification();
        using var approval = JsonDocument.Parse(OrderBody.Approval());
        using var reversal = JsonDocument.Parse(OrderBody.Reversal(Unit(1)));

        api.Faults(approval.RootElement, "components/requestBodies/genericPatch/content/application~1json/schema")
            .Should().BeEmpty();
        api.Faults(reversal.RootElement, "components/requestBodies/requestReversal/content/application~1json/schema")
            .Should().BeEmpty();
    }

    [Theory]
    [InlineData("""{"transactions":[]}""", "shorter")]
    [InlineData("""{"transactions":[{"type":"disbursement","amount":"16.00","currency":"KES","creditParty":[{"key":"msisdn","value":"1"}],"debitParty":[{"key":"msisdn","value":"1"}]}]}""", "pattern")]
    [InlineData("""{"transactions":[{"type":"gift"}]}""", "listed")]
    [InlineData("{}", "has no transactions")]
    public void Is_held_to_a_file_that_bites(string body, string fault)
    {
        using var json = JsonDocument.Parse(body);

        Specification().Faults(json.RootElement, "components/schemas/requestBatchTransaction").Should()
            .Contain(one => one.Contains(fault));
    }

    private static OpenApi Specification() =>
        OpenApi.Open(File)
            ?? throw Xunit.Sdk.SkipException.ForSkip($"{File} is not here, so bodies were not held against it.");

    private static long Minor(Currency currency, JsonElement row) =>
        currency.Parse(row.GetProperty("amount").GetString()!)
            .Match(minor => minor, refusal => throw new InvalidOperationException(refusal.Reason));

    /// <summary>Amounts at the edges of a currency with 0, 2 and 3 decimals, names as the world has them.</summary>
    private static Unit Unit(int seed)
    {
        var unit = SeededOrders.Unit(seed, 100, "mobile");
        long[] edges = [1, 9, 10, 99, 100, 101, 999, 1_000, 1_001, 10_000, 999_999_999_999];
        return unit with
        {
            Orders = [.. unit.Orders.Select((order, at) => order with
            {
                AmountMinor = at < edges.Length ? edges[at] : order.AmountMinor,
                Payee = order.Payee with { Account = Invariant($"+2547{at:00000000}") },
            })],
        };
    }
}
