using System.Text.Json;
using System.Text.RegularExpressions;
using TwinTrack.Providers.MobileMoney;

namespace TwinTrack.Providers.Tests.MobileMoney;

public class An_order_on_the_wire(ITestOutputHelper output)
{
    private const string Yaml = "shared/conformance/gsma/mobile-money-api-specification-1.2.0-disbursements.yaml";
    private const string Accepted =
        """{"serverCorrelationId":"0b1d3f5a-0000-4000-8000-000000000001","status":"pending","notificationMethod":"callback"}""";

    [Theory]
    [InlineData("KES", 15_050, "150.5")]
    [InlineData("KES", 15_000, "150")]
    [InlineData("KES", 1, "0.01")]
    [InlineData("UGX", 15_000, "15000")]
    [InlineData("TND", 1_500, "1.5")]
    [InlineData("TND", 1_501, "1.501")]
    public void Has_its_amount_in_the_shortest_form(string currency, long minor, string text) =>
        OrderBody.Amount(OurSide.CurrencyOf(currency), minor).Should().Be(text);

    [Theory]
    [InlineData("KES", 15_050)]
    [InlineData("UGX", 15_000)]
    [InlineData("TND", 999_999_999_001)]
    public async Task Keeps_the_specifications_constraints(string currency, long minor)
    {
        if (Specification() is not { } yaml)
        {
            output.WriteLine($"SKIPPED: {Yaml} is not here, so bodies were not held against the specification.");
            return;
        }

        await using var host = await ScriptedOperator.StartAsync(_ => (202, Accepted));
        using var us = new OurSide();
        var unit = OurSide.Unit(1, orders: 3, minor);
        await us.Adapter.SubmitAsync(OurSide.Connection(host.Address, currency), unit, CancellationToken.None);
        var body = JsonDocument.Parse(host.Bodies.Single()).RootElement;

        var transactions = body.GetProperty("transactions").EnumerateArray().ToList();
        transactions.Should().HaveCount(3);
        body.GetProperty("batchTitle").GetString()!.Length.Should()
            .BeLessThanOrEqualTo(Limit(yaml, "batchTitle", "maxLength"));
        foreach (var transaction in transactions)
        {
            foreach (var required in Required(yaml, "requestTransaction"))
            {
                transaction.TryGetProperty(required, out _).Should().BeTrue($"{required} is required");
            }

            var amount = transaction.GetProperty("amount").GetString()!;
            amount.Should().MatchRegex(Line(yaml, "amount", "pattern"));
            amount.Length.Should().BeLessThanOrEqualTo(Limit(yaml, "amount", "maxLength"));
            Block(yaml, "currency").Should().Contain($"- \"{transaction.GetProperty("currency").GetString()}\"");
            Block(yaml, "type").Should().Contain($"- \"{transaction.GetProperty("type").GetString()}\"");
            transaction.GetProperty("requestingOrganisationTransactionReference").GetString()!.Length
                .Should().BeLessThanOrEqualTo(Limit(yaml, "requestingOrganisationTransactionReference", "maxLength"));
            foreach (var (list, schema) in new[] { ("creditParty", "creditPartyArray"),
                ("debitParty", "debitPartyArray"), ("metadata", "metadataArray") })
            {
                var pairs = transaction.GetProperty(list).EnumerateArray().ToList();
                pairs.Should().HaveCountGreaterThan(0).And.HaveCountLessThanOrEqualTo(Limit(yaml, schema, "maxItems"));
                pairs.Should()
                    .OnlyContain(
                    pair => pair.GetProperty("key").GetString()!.Length > 0
                        && pair.GetProperty("value").GetString()!.Length > 0);
            }
        }

        var correlation = host.Headers.Single()["X-CorrelationID"].ToString();
        correlation.Should()
            .MatchRegex("^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$");
        yaml.Should().Contain("^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$");
    }

    [Fact]
    public void Is_held_to_patterns_that_bite()
    {
        if (Specification() is not { } yaml)
        {
            output.WriteLine($"SKIPPED: {Yaml} is not here.");
            return;
        }

        var pattern = Line(yaml, "amount", "pattern");

        foreach (var wrong in new[] { "16.00", "15.20", "-1", "1e3", "", "01" })
        {
            Regex.IsMatch(wrong, pattern).Should().BeFalse(wrong);
        }
    }

    [Fact]
    public async Task Is_the_same_bytes_and_the_same_correlation_id_each_time()
    {
        await using var host = await ScriptedOperator.StartAsync(_ => (202, Accepted));
        using var us = new OurSide();

        await us.Adapter.SubmitAsync(OurSide.Connection(host.Address), OurSide.Unit(1, orders: 5),
            CancellationToken.None);
        await us.Adapter.SubmitAsync(OurSide.Connection(host.Address), OurSide.Unit(1, orders: 5),
            CancellationToken.None);
        await us.Adapter.SubmitAsync(OurSide.Connection(host.Address), OurSide.Unit(2, orders: 5),
            CancellationToken.None);

        var bodies = host.Bodies.ToList();
        var correlations = host.Headers.Select(headers => headers["X-CorrelationID"].ToString()).ToList();
        bodies[1].Should().Be(bodies[0]);
        correlations[1].Should().Be(correlations[0]);
        correlations[2].Should().NotBe(correlations[0]);
    }

    [Fact]
    public async Task Carries_key_date_callback_and_nobodys_name()
    {
        await using var host = await ScriptedOperator.StartAsync(_ => (202, Accepted));
        using var us = new OurSide();

        await us.Adapter.SubmitAsync(
            OurSide.Connection(host.Address, "KES", ("callbackBase", "http://127.0.0.1:5080/providers/callbacks/")),
            OurSide.Unit(7), CancellationToken.None);

        var headers = host.Headers.Single();
        headers["X-API-Key"].ToString().Should().Be("key-1");
        headers["X-Date"].ToString().Should().EndWith("Z");
        headers["X-Callback-URL"].ToString().Should().Be("http://127.0.0.1:5080/providers/callbacks/token-7");
        host.Bodies.Single().Should().NotContain("Amina");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("+254202012345")]
    [InlineData("700000001")]
    public async Task Stays_at_home_without_a_mobile_number_and_is_proved_never_sent(string? account)
    {
        await using var host = await ScriptedOperator.StartAsync(_ => (202, Accepted));
        using var us = new OurSide();
        var unit = OurSide.Unit(1, orders: 2);
        unit = unit with
        {
            Orders = [unit.Orders[0],
            unit.Orders[1] with { Payee = unit.Orders[1].Payee with { Account = account } }]
        };

        var reading = await us.Adapter.SubmitAsync(OurSide.Connection(host.Address), unit, CancellationToken.None);

        reading.Lines.Should().ContainSingle().Which.Verdict.Code.Should().Be("NEVER_SENT_NO_MSISDN");
        host.Bodies.Single().Should().NotContain(unit.Orders[1].Reference);
    }

    private static string? Specification()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, Yaml);
            if (File.Exists(path))
            {
                return File.ReadAllText(path).ReplaceLineEndings("\n");
            }
        }

        return null;
    }

    /// <summary>A schema's lines: those below its name that are indented deeper.</summary>
    private static string Block(string yaml, string schema)
    {
        var schemas = yaml[yaml.IndexOf("\n  schemas:\n", StringComparison.Ordinal)..];
        var start = schemas.IndexOf($"\n    {schema}:\n", StringComparison.Ordinal) + 1;
        var lines = schemas[start..].Split('\n').Skip(1)
            .TakeWhile(line => line.Length == 0 || line.StartsWith("     ", StringComparison.Ordinal));
        return string.Join('\n', lines);
    }

    private static string Line(string yaml, string schema, string name) =>
        Block(yaml, schema).Split('\n').Select(line => line.Trim())
            .First(line => line.StartsWith(name + ":", StringComparison.Ordinal))[(name.Length + 1)..].Trim();

    private static int Limit(string yaml, string schema, string name) =>
        int.Parse(Line(yaml, schema, name), System.Globalization.CultureInfo.InvariantCulture);

    private static IEnumerable<string> Required(string yaml, string schema) =>
        Block(yaml, schema).Split('\n').Select(line => line.Trim()).SkipWhile(line => line != "required:").Skip(1)
            .TakeWhile(line => line.StartsWith("- ", StringComparison.Ordinal)).Select(line => line[2..].Trim('"'));
}
