using System.Globalization;
using System.Xml.Linq;
using TwinTrack.Providers.Bank;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Tests.Bank;

public sealed class A_bank_profile
{
    private static readonly string[] Currencies = ["XOF", "USD", "TND", "CLF", "YER", "BHD"];

    private static readonly (string Name, string Value)[][] Wishes =
    [
        [],
        [("orderMessage", "pain.001.001.03")],
        [("orderMessage", "pain.001.001.03"), ("characterSet", "latin"), ("accounts", "iban"), ("serviceLevel", "SEPA"),
            ("chargeBearer", "SLEV"), ("batchBooking", "false")],
        [("characterSet", "latin"), ("accounts", "domestic"), ("accountScheme", "BBAN"), ("localInstrument", "INST"),
            ("batchBooking", "true")],
        [("orderMessage", "pain.001.001.03"), ("accounts", "domestic"), ("localInstrumentOwn", "GOV-PAY"),
            ("cutOff", "15:30"), ("utcOffset", "+03:00"), ("closedDays", "fri,sat")],
        [("accounts", "proxy"), ("proxyType", "TELE"), ("recallMessage", "camt.055.001.09")],
        [("orderMessage", "pain.001.001.03"), ("recallMessage", "camt.055.001.09"), ("categoryPurpose", "GOVT")],
    ];

    /// <summary>Files a wish; more by TWINTRACK_CASES.</summary>
    private static readonly int Cases =
        int.TryParse(Environment.GetEnvironmentVariable("TWINTRACK_CASES"), CultureInfo.InvariantCulture, out var cases)
            ? cases : 500;

    public static TheoryData<int> EveryWish => [.. Enumerable.Range(0, Wishes.Length)];

    [ConformanceTheory]
    [MemberData(nameof(EveryWish))]
    public void Makes_files_that_hold_to_the_schema_and_whose_totals_are_right(int wish)
    {
        foreach (var seed in Enumerable.Range(1, Cases))
        {
            var (profile, unit) = (Profile(wish, seed), Fitting(wish, seed));
            var content = CreditTransferDocument.Write(profile, unit, unit.Orders);

            BankSchemas.Faults(content, profile.OrderMessage).Should().BeEmpty(Invariant($"seed {seed} must be valid"));
            ((long)content.Length).Should().BeLessThan(
                CreditTransferDocument.BytesMax(unit.Orders.Count), Invariant($"seed {seed}"));
            var document = XElement.Load(new MemoryStream(content));
            var written = Values(document, "InstdAmt")
                .Sum(amount => decimal.Parse(amount, CultureInfo.InvariantCulture));
            var scale = (decimal)Math.Pow(10, profile.Currency.Exponent);
            written.Should().Be(unit.Orders.Aggregate(0m, (sum, order) => sum + order.AmountMinor) / scale,
                Invariant($"seed {seed}"));
            Values(document, "CtrlSum").Should()
                .OnlyContain(sum => decimal.Parse(sum, CultureInfo.InvariantCulture) == written,
                    Invariant($"seed {seed}"));
            Values(document, "NbOfTxs").Should().OnlyContain(
                count => count == unit.Orders.Count.ToString(CultureInfo.InvariantCulture), Invariant($"seed {seed}"));
        }
    }

    [ConformanceTheory]
    [MemberData(nameof(EveryWish))]
    public void Makes_recalls_that_hold_to_the_schema_and_name_the_same_day(int wish)
    {
        foreach (var seed in Enumerable.Range(1, 50))
        {
            var (profile, unit) = (Profile(wish, seed), Fitting(wish, seed));
            var recall = CancellationRequest.Write(profile, unit, unit.Orders, "RC1", SeededOrders.At);

            BankSchemas.Faults(recall, profile.RecallMessage).Should().BeEmpty(Invariant($"seed {seed} must be valid"));
            var (asked, ordered) = (XElement.Load(new MemoryStream(recall)),
                XElement.Load(new MemoryStream(CreditTransferDocument.Write(profile, unit, unit.Orders))));
            Values(asked, "OrgnlReqdExctnDt").Distinct().Should().Equal(Values(ordered, "ReqdExctnDt"));
            Values(asked, "OrgnlMsgNmId").Should().Equal(profile.OrderMessage);
            Values(asked, "OrgnlUETR").Should().Equal(Values(ordered, "UETR"));
        }
    }

    [Fact]
    public void Holds_the_largest_file_below_the_size_that_is_promised()
    {
        var order = SeededOrders.Unit(1, 1).Orders[0];
        foreach (var letter in new[] { "&", "م", "\uD83D\uDE00" })
        {
            var name = string.Concat(Enumerable.Repeat(letter, 140 / letter.Length));
            var worst =
                order with
                {
                    Programme = name,
                    AmountMinor = 999_999_999_999_999_999 / 1_000,
                    Payee = order.Payee with { Name = name, Account = new string('&', 34), BankBic = null }
                };
            var profile =
                BankScene.Profile("CLF", ("debtorName", name), ("accountScheme", "BBAN"),
                    ("localInstrumentOwn", new string('&', 35)), ("serviceLevel", "NURG"));
            var unit = SeededOrders.Unit(1, 1) with { Orders = [.. Enumerable.Repeat(worst, 1_000)] };

            ((long)CreditTransferDocument.Write(profile, unit, unit.Orders).Length).Should()
                .BeLessThan(CreditTransferDocument.BytesMax(1_000), letter);
        }
    }

    [Theory]
    [InlineData("Aïssatou Diallo", "Aissatou Diallo")]
    [InlineData("O'Brien & Søn", "O'Brien + Son")]
    [InlineData("//Hauwa  Ɓello", "Hauwa Bello")]
    [InlineData("فاطمة", "NOTPROVIDED")]
    [InlineData("Ali فاطمة", "Ali .")]
    [InlineData("ŽİĞA e\u0301", "ZIGA e")]
    [InlineData("\uD83D\uDE00", "NOTPROVIDED")]
    [InlineData("a_b@c", "a.b.c")]
    [InlineData("\uD800x", "x")]
    public void Writes_names_in_the_banks_letters(string name, string written) =>
        BankText.Name(name, latin: true).Should().Be(written);

    [Fact]
    public void That_is_latin_lets_nothing_else_into_the_file()
    {
        foreach (var seed in Enumerable.Range(1, 200))
        {
            var unit = SeededOrders.Unit(seed, 10);
            var text =
                Values(XElement.Load(
                    new MemoryStream(
                        CreditTransferDocument.Write(
                            BankScene.Profile("USD", ("characterSet", "latin")), unit, unit.Orders))),
                        "Nm");

            text.Should()
                .OnlyContain(
                name => name.All(LatinText.Holds) && name.Length <= 140 && !name.StartsWith('/')
                    && !name.Contains("//"), Invariant($"seed {seed}"));
        }
    }

    [Theory]
    [InlineData("any", "GB82WEST12345698765432", true)]
    [InlineData("any", "12-3456-78", true)]
    [InlineData("iban", "12-3456-78", false)]
    [InlineData("iban", "GB82WEST12345698765433", false)]
    [InlineData("iban", "NE97NE1429857437595298095167", true)]
    [InlineData("iban", "NE00NE1429857437595298095167", false)]
    [InlineData("proxy", "+22790123456", true)]
    [InlineData("proxy", "GB82WEST12345698765432", false)]
    [InlineData("domestic", "GB82WEST12345698765432", true)]
    public void Says_which_accounts_can_be_paid(string accounts, string account, bool fits)
    {
        var order = SeededOrders.Unit(1, 1).Orders[0];

        CreditTransferDocument.Fits(BankScene.Profile("USD", ("accounts", accounts)),
            order with { Payee = order.Payee with { Account = account } }).Should().Be(fits);
    }

    [Theory]
    [InlineData("2026-01-29T12:29:59Z", "2026-01-29", "before the cut-off of a Thursday in Yemen")]
    [InlineData("2026-01-29T12:30:00Z", "2026-02-01", "at it; Friday and Saturday are closed")]
    [InlineData("2026-01-31T21:00:00Z", "2026-02-01", "already Sunday there")]
    public void Counts_days_as_the_bank_does(string at, string day, string because)
    {
        var profile = BankScene.Profile("YER", ("cutOff", "15:30"), ("utcOffset", "+03:00"), ("closedDays", "fri,sat"));

        profile.ExecutionDay(
            SeededOrders.Unit(1, 1) with { CreatedAt = DateTimeOffset.Parse(at, CultureInfo.InvariantCulture) })
            .Should().Be(DateOnly.Parse(day, CultureInfo.InvariantCulture), because);
    }

    [Fact]
    public void Refuses_each_setting_by_its_name_when_it_is_not_in_its_form()
    {
        foreach (var setting in BankSettings.Table.Where(setting => setting.Form is not ".+"))
        {
            var refusal = BankScene.Adapter.Check(
                BankScene.With(BankScene.Connection(), (setting.Name, setting.Name == "debtorName" ? " " : "\u0001")));
            refusal.Match(_ => "", no => $"{no.Code} {no.Reason}").Should()
                .Be($"connection.setting_unreadable The setting '{setting.Name}' does not have the documented form. "
                    + "Correct it and set the connection again.");
        }
    }

    [Theory]
    [InlineData("accounts", "proxy", "orderMessage", "pain.001.001.03")]
    [InlineData("localInstrument", "INST", "localInstrumentOwn", "X")]
    [InlineData("fileMaxTransactions", "499", "categoryPurpose", "GOVT")]
    [InlineData("fileMaxTransactions", "500", "unitMax", "501")]
    [InlineData("fileMaxBytes", "1000000", "unitMax", "400")]
    public void Refuses_settings_that_cannot_be_kept_together(
        string one, string value, string other, string otherValue) =>
        BankScene.Refused(
            BankScene.Adapter.Check(BankScene.With(BankScene.Connection(), (one, value), (other, otherValue)))).Should()
            .Be("connection.settings_disagree");

    [Fact]
    public void Takes_limits_that_a_unit_holds_to() => BankScene.Refused(BankScene.Adapter.Check(BankScene.With(
        BankScene.Connection(), ("fileMaxTransactions", "500"), ("fileMaxBytes", "2000000"), ("unitMax", "500"))))
        .Should().Be("not refused");

    [Fact]
    public async Task Changed_after_a_file_was_sent_does_not_call_its_orders_never_sent()
    {
        using var folder = new Folder();
        var unit = SeededOrders.Unit(3, 1) with { };
        unit = unit with
        {
            Orders =
            [unit.Orders[0] with { Payee = unit.Orders[0].Payee with { Account = "12-3456-78" } }]
        };
        await BankScene.Adapter.SubmitAsync(BankScene.Connection(folder.Path), unit, default);

        var reading = await BankScene.Adapter.SubmitAsync(
            BankScene.With(BankScene.Connection(folder.Path), ("accounts", "iban")), unit with { Again = true },
            default);

        reading.Lines.Should().ContainSingle().Which.Verdict.Outcome.Should().Be(Outcome.Unknown);
    }

    [Fact]
    public void Is_described_setting_by_setting()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "TwinTrack.sln")))
        {
            folder = folder.Parent;
        }

        var page =
            File.ReadAllText(
                Path.Combine(folder.FullName, "services", "Providers", "TwinTrack.Providers.Bank", "README.md"));
        BankSettings.Table.Should().OnlyContain(setting => page.Contains($"`{setting.Name}`"));
    }

    private static BankProfile Profile(int wish, int seed) => BankScene.Profile(
        Currencies[seed % Currencies.Length], Wishes[wish]);

    private static Unit Fitting(int wish, int seed)
    {
        var (profile, unit) = (Profile(wish, seed), SeededOrders.Unit(seed, 1 + (seed % 12)));
        var phone = Invariant($"+2279{seed:D7}");
        var orders = profile.Accounts == AccountForm.Proxy
            ? [.. unit.Orders.Select(order => order with { Payee = order.Payee with { Account = phone } })]
            : unit.Orders;
        var fitting = orders.Where(order => CreditTransferDocument.Fits(profile, order)).ToList();
        return fitting.Count > 0 ? unit with { Orders = fitting } : Fitting(wish, seed + 1_000_000);
    }

    private static IEnumerable<string> Values(XElement document, string name) =>
        document.Descendants().Where(element => element.Name.LocalName == name).Select(element => element.Value);
}
