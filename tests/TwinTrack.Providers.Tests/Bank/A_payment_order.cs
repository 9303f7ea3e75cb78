using System.Globalization;
using System.Text;
using System.Xml.Linq;
using TwinTrack.Providers.Bank;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Tests.Bank;

public sealed class A_payment_order
{
    private static readonly string[] Currencies = ["XOF", "UGX", "USD", "YER", "TND", "BHD", "CLF"];
    private static readonly XNamespace Ns = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09";

    public static TheoryData<int> Hundreds => [.. Enumerable.Range(1, 300)];

    [ConformanceFact]
    public void Holds_to_the_published_schema_whatever_the_names_and_currencies_are()
    {
        foreach (var seed in Enumerable.Range(1, 300))
        {
            BankSchemas.Faults(Write(seed, out _, out _), "pain.001.001.09").Should()
                .BeEmpty(Invariant($"seed {seed} must be valid"));
        }
    }

    [ConformanceFact]
    public void Is_refused_by_that_schema_when_a_name_is_too_long()
    {
        var text = Encoding.UTF8.GetString(Write(1, out _, out _))
            .Replace("Ministry of Social Affairs", new string('x', 141), StringComparison.Ordinal);

        BankSchemas.Faults(Encoding.UTF8.GetBytes(text), "pain.001.001.09").Should().NotBeEmpty();
    }

    [ConformanceFact]
    public async Task Is_recalled_by_a_request_that_holds_to_its_schema_too()
    {
        foreach (var seed in Enumerable.Range(1, 200))
        {
            using var folder = new Folder();
            var unit = SeededOrders.Unit(seed, 1 + (seed % 20));
            await BankScene.Adapter.RecallAsync(
                BankScene.Connection(folder.Path, Currencies[seed % Currencies.Length]), unit, unit.Orders, default);

            BankSchemas.Faults(await File.ReadAllBytesAsync(folder.ToProvider().Single()), "camt.055.001.08").Should()
                .BeEmpty(Invariant($"seed {seed} must be valid"));
        }
    }

    [Theory]
    [MemberData(nameof(Hundreds))]
    public void Declares_the_totals_that_its_lines_make(int seed)
    {
        var document = XElement.Load(new MemoryStream(Write(seed, out var unit, out var currency)));
        var lines = document.Descendants(Ns + "InstdAmt").ToList();
        var sum = lines.Sum(line => decimal.Parse(line.Value, CultureInfo.InvariantCulture));
        var unitsPerMajor = (decimal)Math.Pow(10, SeededOrders.Currency(currency).Exponent);

        sum.Should().Be(unit.Orders.Sum(order => (decimal)order.AmountMinor) / unitsPerMajor);
        document.Descendants(Ns + "CtrlSum").Select(total => decimal.Parse(total.Value, CultureInfo.InvariantCulture))
            .Should().HaveCount(2).And.AllBeEquivalentTo(sum);
        document.Descendants(Ns + "NbOfTxs").Select(count => int.Parse(count.Value, CultureInfo.InvariantCulture))
            .Should().HaveCount(2).And.AllBeEquivalentTo(lines.Count);
        lines.Should().HaveCount(unit.Orders.Count).And.OnlyContain(line => (string?)line.Attribute("Ccy") == currency);
    }

    [Fact]
    public void Names_the_attempt_the_obligation_and_a_transaction_id_that_stays_the_same()
    {
        var unit = SeededOrders.Unit(7, 3);
        var document = XElement.Load(
            new MemoryStream(CreditTransferDocument.Write(BankScene.Profile(), unit, unit.Orders)));

        document.Descendants(Ns + "InstrId").Select(id => id.Value).Should()
            .Equal(unit.Orders.Select(order => order.Reference));
        document.Descendants(Ns + "EndToEndId").Select(id => id.Value).Should()
            .Equal(unit.Orders.Select(order => order.EndToEnd));
        document.Descendants(Ns + "UETR").Select(id => id.Value).Should()
            .Equal(unit.Orders.Select(order => BankText.Uetr(order.Reference)))
            .And.OnlyHaveUniqueItems().And.OnlyContain(id => id[14] == '4' && "89ab".Contains(id[19]));
        document.Descendants(Ns + "MsgId").Single().Value.Should().Be(unit.Reference);
    }

    [Fact]
    public void Has_no_decimals_in_a_currency_that_has_none()
    {
        var unit = SeededOrders.Unit(7, 5);
        var document = XElement.Load(
            new MemoryStream(CreditTransferDocument.Write(BankScene.Profile("XOF"), unit, unit.Orders)));

        document.Descendants(Ns + "InstdAmt").Should().OnlyContain(amount => !amount.Value.Contains('.'));
    }

    [Fact]
    public async Task Laid_down_twice_is_one_file_even_after_the_bank_has_taken_it_away()
    {
        using var folder = new Folder();
        var (connection, unit) = (BankScene.Connection(folder.Path), SeededOrders.Unit(3, 4));

        (await BankScene.Adapter.SubmitAsync(connection, unit, default)).Should().BeEquivalentTo(Reading.Nothing);
        await BankScene.Adapter.SubmitAsync(connection, unit, default);
        folder.ToProvider().Should().ContainSingle().Which.Should().EndWith($"{unit.Reference}.pain001.xml");

        File.Delete(folder.ToProvider().Single());
        await BankScene.Adapter.SubmitAsync(connection, unit, default);
        folder.ToProvider().Should().BeEmpty();
    }

    [Fact]
    public async Task Never_changes_under_the_same_name()
    {
        using var folder = new Folder();
        var (connection, unit) = (BankScene.Connection(folder.Path), SeededOrders.Unit(3, 4));
        await BankScene.Adapter.SubmitAsync(connection, unit, default);

        var other = () => BankScene.Adapter.SubmitAsync(connection, unit with { Orders = [unit.Orders[0]] }, default);

        await other.Should().ThrowAsync<InvalidOperationException>();
    }

    [Fact]
    public async Task Leaves_out_what_no_file_can_carry_and_says_that_it_was_never_sent()
    {
        using var folder = new Folder();
        var unit = SeededOrders.Unit(3, 2);
        unit = unit with
        {
            Orders = [unit.Orders[0],
            unit.Orders[1] with { Payee = unit.Orders[1].Payee with { Account = null } }]
        };

        var reading = await BankScene.Adapter.SubmitAsync(BankScene.Connection(folder.Path), unit, default);

        reading.Lines.Should().ContainSingle().Which.Should().BeEquivalentTo(
            new Answer(unit.Orders[1].Reference, new Verdict(Outcome.Rejected, Grade.A, "NEVER_SENT_UNFIT_ACCOUNT")));
        XElement.Load(folder.ToProvider().Single()).Descendants(Ns + "CdtTrfTxInf").Should().ContainSingle();
    }

    [Fact]
    public async Task Says_nothing_of_what_it_leaves_out_when_an_earlier_call_may_have_sent_it()
    {
        using var folder = new Folder();
        var unit = SeededOrders.Unit(3, 2);
        unit = unit with
        {
            Orders = [unit.Orders[0] with { Payee = unit.Orders[0].Payee with { Account = null } }],
            Again = true
        };

        var reading = await BankScene.Adapter.SubmitAsync(BankScene.Connection(folder.Path), unit, default);

        reading.Lines.Should().ContainSingle().Which.Verdict.Should().Be(Verdict.Unknown("UNFIT_ACCOUNT"));
        folder.ToProvider().Should().BeEmpty();
    }

    [Fact]
    public async Task Asked_back_twice_is_one_request()
    {
        using var folder = new Folder();
        var (connection, unit) = (BankScene.Connection(folder.Path), SeededOrders.Unit(3, 4));

        await BankScene.Adapter.RecallAsync(connection, unit, unit.Orders, default);
        await BankScene.Adapter.RecallAsync(connection, unit, [.. unit.Orders.Reverse()], default);
        folder.ToProvider().Should().ContainSingle();

        await BankScene.Adapter.RecallAsync(connection, unit, [unit.Orders[0]], default);
        folder.ToProvider().Should().HaveCount(2, "asking for other orders is another request");
    }

    [Theory]
    [InlineData("directory")]
    [InlineData("debtorName")]
    [InlineData("debtorAccount")]
    public void Needs_its_settings(string name)
    {
        var connection = BankScene.Connection();
        var without =
            connection with { Settings = connection.Settings.Where(setting => setting.Key != name).ToDictionary() };

        BankScene.Refused(BankScene.Adapter.Check(connection)).Should().Be("not refused");
        BankScene.Refused(BankScene.Adapter.Check(without)).Should().Be("connection.setting_missing");
    }

    private static byte[] Write(int seed, out Unit unit, out string currency)
    {
        currency = Currencies[seed % Currencies.Length];
        unit = SeededOrders.Unit(seed, 1 + (seed % 20));
        return CreditTransferDocument.Write(BankScene.Profile(currency), unit, unit.Orders);
    }
}
