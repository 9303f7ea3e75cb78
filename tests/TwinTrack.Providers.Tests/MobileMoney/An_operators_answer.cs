using System.Text;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.MobileMoney;
using TwinTrack.Providers.Tests.Compliance;

namespace TwinTrack.Providers.Tests.MobileMoney;

public sealed class An_operators_answer
{
    private const string Reference = "00000000000000000000000000002711";

    [Fact]
    public async Task By_m_pesa_counts_only_with_the_mark_of_our_question()
    {
        await using var host = await ScriptedOperator.StartAsync(
            asked => asked.Contains("oauth", StringComparison.Ordinal)
            ? (200, """{"access_token":"t","expires_in":"3599"}""")
            : (200, """{"ResponseCode":"0"}"""));
        using var us = new OurSide();
        var connection =
            OurSide.Connection(host.Address, "KES",
                [.. Rigs.Daraja.Settings, ("callbackBase", host.Address.ToString())]);
        await us.Adapter.AskAsync(connection, OurSide.Unit(1), CancellationToken.None);
        var occasion = System.Text.Json.JsonDocument.Parse(host.Bodies.Last()).RootElement.GetProperty("Occasion")
            .GetString()!;

        Read(occasion, "Completed").Should().BeEquivalentTo(
            [new Answer(Reference, new Verdict(Outcome.Settled, Grade.A, "Completed"), "R1")]);
        Read(occasion, "Failed").Single().Verdict.Frees.Should().BeTrue();
        Read(occasion, "Exploded").Single().Verdict.Outcome.Should().Be(Outcome.Unknown);
        Read(occasion[..^1] + (occasion[^1] == '0' ? '1' : '0'), "Failed").Should().BeEmpty("the mark is wrong");
        Read(Reference, "Failed").Should().BeEmpty("there is no mark");
        Read(occasion.Replace("2711", "2712", StringComparison.Ordinal), "Failed").Should()
            .BeEmpty("the mark is another order's");

        IReadOnlyList<Answer> Read(string mark, string status) =>
            us.Adapter.Read(connection, new Document("callback", Encoding.UTF8.GetBytes(
            $$$"""
            {"Result":{"ResultType":0,"ResultCode":"0","ResultParameters":{"ResultParameter":[{"Key":"TransactionStatus","Value":"{{{status}}}"},{"Key":"ReceiptNo","Value":"R1"}]},
            "ReferenceData":{"ReferenceItem":{"Key":"Occasion","Value":"{{{mark}}}"} } } }
            """))).Match(reading => reading, _ => Reading.Nothing).Lines;
    }

    [Theory]
    [InlineData("TS", "DP00900001001", Outcome.Settled)]
    [InlineData("TF", "DP00900001012", Outcome.Rejected)]
    [InlineData("TF", "DP00900001001", Outcome.Unknown)]
    [InlineData("TS", "DP00900001012", Outcome.Unknown)]
    [InlineData("TA", "DP00900001000", Outcome.Unknown)]
    [InlineData("TX", "DP00900001012", Outcome.Unknown)]
    public async Task By_airtel_is_one_word_or_none(string status, string code, Outcome outcome)
    {
        await using var host = await ScriptedOperator.StartAsync(
            asked => asked.Contains("token", StringComparison.Ordinal)
            ? (200, """{"access_token":"t","expires_in":180}""")
            : (200, $$"""{"data":{"transaction":{"id":"{{Reference}}","status":"{{status}}"} """
                + $$"""},"status":{"response_code":"{{code}}"} }"""));
        using var us = new OurSide();

        var reading = await us.Adapter.AskAsync(
            OurSide.Connection(host.Address, "KES", Rigs.Airtel.Settings), OurSide.Unit(1), CancellationToken.None);

        reading.Lines.Single().Verdict.Outcome.Should().Be(outcome);
    }

    [Theory]
    [InlineData("airtel", """{"status":{"response_code":"DP00900001012"} }""")]
    [InlineData("airtel", """{"data":{"transaction":{"status":"TF"} },"status":{"response_code":"DP00900001012"} }""")]
    [InlineData("airtel", """{"status":{"response_code":"DP00900001001"} }""")]
    [InlineData("onafriq", """{"status":{"code":"ER101"} }""")]
    [InlineData("onafriq", """{"status":{"code":"MR101"} }""")]
    public async Task To_a_question_that_does_not_name_the_order_ends_nothing(string profile, string body)
    {
        await using var host = await ScriptedOperator.StartAsync(
            asked => asked.Contains("token", StringComparison.Ordinal)
                ? (200, """{"access_token":"t","expires_in":180}""") : (200, body));
        using var us = new OurSide();
        var settings = profile == "airtel" ? Rigs.Airtel.Settings : Rigs.Onafriq.Settings;

        var reading = await us.Adapter.AskAsync(
            OurSide.Connection(host.Address, "KES", settings), OurSide.Unit(1), CancellationToken.None);

        reading.Lines.Single().Verdict.Outcome.Should()
            .Be(Outcome.Unknown, "it may be the question that was refused or well received");
    }

    [Fact]
    public async Task Of_a_token_that_ran_out_is_met_with_a_new_one_and_the_same_reference()
    {
        var tokens = 0;
        await using var host = await ScriptedOperator.StartAsync(
            asked => asked.Contains("token", StringComparison.Ordinal)
            ? (200, Invariant($$"""{"access_token":"t{{++tokens}}","expires_in":3600}"""))
            : (tokens == 1 ? 401 : 202, ""));
        using var us = new OurSide();

        var reading = await us.Adapter.SubmitAsync(
            OurSide.Connection(host.Address, "KES", Rigs.Mtn.Settings), OurSide.Unit(1), CancellationToken.None);

        reading.Lines.Single().Verdict.Outcome.Should().Be(Outcome.Accepted);
        tokens.Should().Be(2);
        host.Headers.Select(headers => headers["X-Reference-Id"].ToString()).Where(key => key.Length > 0).Should()
            .HaveCount(2).And.OnlyContain(key => key == CorrelationId.Version4(Reference));
    }

    [Theory]
    [InlineData("status", """{"accountStatus":"unregistered"}""", "{}", "NEVER_SENT_ACCOUNT_NOT_REGISTERED")]
    [InlineData("name", """{"accountStatus":"available"}""", """{"name":{"fullName":"Joseph Otieno"}}""",
        "NEVER_SENT_NAME_DIFFERS")]
    [InlineData("name", """{"accountStatus":"available"}""", """{"name":{"firstName":"AMÍNA","lastName":"E."}}""",
        null)]
    [InlineData("name", """{"accountStatus":"available"}""", "{}", null)]
    [InlineData("off", """{"accountStatus":"unregistered"}""", "{}", null)]
    public async Task About_an_account_keeps_the_order_at_home_only_when_it_was_never_sent(
        string depth, string status, string name, string? code)
    {
        await using var host = await ScriptedOperator.StartAsync(asked =>
            asked.EndsWith("/status", StringComparison.Ordinal) ? (200, status)
            : asked.EndsWith("/accountname", StringComparison.Ordinal) ? (200, name)
            : (202, """{"serverCorrelationId":"s-1","status":"pending"}"""));
        using var us = new OurSide();
        var connection = OurSide.Connection(host.Address, "KES", ("nameEnquiry", depth));

        var first = await us.Adapter.SubmitAsync(connection, OurSide.Unit(1), CancellationToken.None);
        var again = await us.Adapter.SubmitAsync(
            connection, OurSide.Unit(2) with { Again = true }, CancellationToken.None);

        first.Lines.Select(line => line.Verdict.Code).Should().Equal(code is null ? [] : [code]);
        first.Lines.Should().NotContain(line => !line.Verdict.Frees);
        again.Lines.Should().BeEmpty("an earlier call may have sent it");
        again.Units.Should().ContainSingle();
    }
}
