using System.Globalization;
using TwinTrack.Providers.Bank;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.MobileMoney;
using TwinTrack.Providers.Tests.Agency;
using TwinTrack.Providers.Tests.Bank;
using TwinTrack.Providers.Tests.MobileMoney;

namespace TwinTrack.Providers.Tests;

/// <summary>Every format of a partner, written and read where numbers and dates look different.</summary>
public sealed class Any_culture
{
    private const int Seeds = 20;
    private static readonly string[] Currencies = ["XOF", "UGX", "USD", "YER", "TND", "BHD", "CLF"];

    public static TheoryData<string> Names => ["ar-EG", "fa-IR", "tr-TR", "sv-SE"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Differs_from_the_invariant_one_where_it_matters(string name)
    {
        var day = new DateOnly(2026, 1, 31);

        In(name, () => (-1.5m).ToString(CultureInfo.CurrentCulture) + day.ToString("yyyy-MM-dd", null)
            + "i".ToUpper(CultureInfo.CurrentCulture)).Should()
            .NotBe("-1.52026-01-31I", "a culture without ICU is the invariant one, and then these tests show nothing");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Writes_and_reads_amounts_of_every_currency_alike(string name)
    {
        long[] amounts = [0, 1, 99, 100, 123_456_789, long.MaxValue / 1_000];
        foreach (var currency in Kernel.Currency.All)
        {
            var written = Alike(name, () => amounts.Select(currency.Format).ToList());

            In(name, () => written.Select(text => BankScene.Taken(currency.Parse(text))).ToList()).Should()
                .Equal(amounts);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Writes_bank_orders_alike(string name)
    {
        foreach (var seed in Enumerable.Range(1, Seeds))
        {
            var unit = SeededOrders.Unit(seed, seed);
            var profile = BankScene.Profile(Currencies[seed % Currencies.Length]);

            Alike(name, () => CreditTransferDocument.Write(profile, unit, unit.Orders));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Writes_mobile_money_orders_alike(string name)
    {
        var settings = new MobileMoneySettings(
            "key", Single: false, "twintrack", TwoSteps: false, 1_000, Reversal: true);
        foreach (var seed in Enumerable.Range(1, Seeds))
        {
            var unit = SeededOrders.Unit(seed, seed, "mobile");
            var currency = OurSide.CurrencyOf(Currencies[seed % Currencies.Length]);

            Alike(name, () => OrderBody.Batch(settings, currency, unit, unit.Orders).ToArray());
            Alike(name, () => OrderBody.Single(settings, currency, unit, unit.Orders[0]).ToArray());
            Alike(name, () => OrderBody.Reversal(unit).ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Writes_distribution_lists_alike(string name)
    {
        var unit = SeededOrders.Unit(11, 50, "cash");

        Alike(name, () =>
        {
            using var folder = new Folder();
            var connection = An_agency_file.Connection(folder.Path);
            // The task is complete when it is returned from a thread that keeps its culture.
            AgencyScene.Adapter.SubmitAsync(connection, unit, default).GetAwaiter().GetResult();
            return File.ReadAllBytes(folder.ToProvider("*.list.csv").Single());
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Reads_statements_alike(string name)
    {
        var bank = An_account_statement.Statement(
            1000.00m, 870.50m, An_account_statement.Entry("a1", 129.50m, "DBIT"));
        var statement = In(name, () => BankScene.Taken(BankScene.Statement(bank)));

        statement.Lines.Should().ContainSingle().Which.Should()
            .Be(new StatementLine(1, "a1", false, 12950, "USD", new DateOnly(2026, 1, 31), "B-a1"));
    }

    private static T Alike<T>(string name, Func<T> act)
    {
        var there = In(name, act);
        there.Should().BeEquivalentTo(In("", act), options => options.WithStrictOrdering());
        return there;
    }

    private static T In<T>(string name, Func<T> act)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(name);
        try
        {
            return act();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
