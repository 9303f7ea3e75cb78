using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Tests.Compliance;

namespace TwinTrack.Providers.Tests.MobileMoney;

/// <summary>What is not said is unknown, never refused: from every one of these the order may have been paid.</summary>
public class An_answer_that_says_nothing
{
    private static readonly string Huge = $"{{\"status\":\"{new string('x', 5 * 1024 * 1024)}\"}}";

    public static TheoryData<int, string> Nothings => new()
    {
        { 500, """{"errorCategory":"internal","errorCode":"genericError"}""" },
        { 503, """{"errorCategory":"serviceUnavailable","errorCode":"genericError"}""" },
        { 502, "<html>Bad Gateway</html>" },
        { 404, """{"errorCategory":"identification","errorCode":"identifierError"}""" },
        { 404, "" },
        { 401, """{"errorCategory":"authorisation","errorCode":"clientAuthorisationError"}""" },
        { 403, "{}" },
        { 429, """{"errorCategory":"businessRule","errorCode":"rateLimitError"}""" },
        { 400, "not json" },
        { 400, """{"errorCategory":"businessRule","errorCode":"insufficientFunds"}""" },
        { 400, """{"errorCategory":"businessRule","errorCode":"neverHeardOf"}""" },
        { 302, "{}" },
        { 200, "" },
        { 200, "[]" },
        { 200, "{}" },
        { 202, "{\"status\":" },
        { 202, """{"status":"exploded"}""" },
        { 202, """{"status":"failed","Status":"pending"}""" },
        { 202, """{"status":"failed","status":"failed"}""" },
        { 202, """{"status":17}""" },
        { 202, """{"status":"failed","error":{"errorCode":"duplicateRequest"}}""" },
    };

    [Theory]
    [MemberData(nameof(Nothings))]
    public async Task Leaves_a_submitted_batch_unknown(int status, string body)
    {
        await using var host = await ScriptedOperator.StartAsync(_ => (status, body));
        using var us = new OurSide();

        var reading = await us.Adapter.SubmitAsync(
            OurSide.Connection(host.Address), OurSide.Unit(1), CancellationToken.None);

        reading.Units.Should().ContainSingle().Which.Verdict.Should()
            .Match<Verdict>(verdict => verdict.Outcome == Outcome.Unknown && verdict.Grade == Grade.D);
        host.Asked.Count(asked => asked.StartsWith("POST", StringComparison.Ordinal)).Should()
            .Be(1, "an order is never repeated by the client");
    }

    [Theory]
    [MemberData(nameof(Nothings))]
    public async Task Leaves_a_single_order_unknown(int status, string body)
    {
        await using var host = await ScriptedOperator.StartAsync(_ => (status, body));
        using var us = new OurSide();

        var reading = await us.Adapter.SubmitAsync(
            OurSide.Connection(host.Address, "KES", ("mode", "single")), OurSide.Unit(1), CancellationToken.None);

        reading.Lines.Should().ContainSingle().Which.Verdict.Outcome.Should().Be(Outcome.Unknown);
    }

    [Theory]
    [MemberData(nameof(Nothings))]
    public async Task Leaves_what_is_asked_about_unknown(int status, string body)
    {
        await using var host = await ScriptedOperator.StartAsync(_ => (status, body));
        using var us = new OurSide();

        var batch = await us.Adapter.AskAsync(
            OurSide.Connection(host.Address), OurSide.Unit(1), CancellationToken.None);
        var single = await us.Adapter.AskAsync(
            OurSide.Connection(host.Address, "KES", ("mode", "single")), OurSide.Unit(1), CancellationToken.None);

        batch.Units.Should().ContainSingle().Which.Verdict.Outcome.Should().Be(Outcome.Unknown);
        single.Lines.Should().ContainSingle().Which.Verdict.Outcome.Should().Be(Outcome.Unknown);
    }

    [Fact]
    public async Task May_be_too_large_to_be_read()
    {
        await using var host = await ScriptedOperator.StartAsync(_ => (202, Huge));
        using var us = new OurSide();

        var reading = await us.Adapter.SubmitAsync(
            OurSide.Connection(host.Address), OurSide.Unit(1), CancellationToken.None);

        reading.Units.Single().Verdict.Should().Be(Verdict.Unknown("TOO_LARGE"));
    }

    [Theory]
    [InlineData(202, "")]
    [InlineData(202, "{}")]
    [InlineData(400, """{"code":"INVALID_CURRENCY"}""")]
    [InlineData(409, "")]
    public async Task About_the_token_says_nothing_about_the_order(int status, string body)
    {
        await using var host = await ScriptedOperator.StartAsync(_ => (status, body));
        using var us = new OurSide();

        var reading = await us.Adapter.SubmitAsync(
            OurSide.Connection(host.Address, "KES", [.. Rigs.Mtn.Settings]), OurSide.Unit(1), CancellationToken.None);

        reading.Lines.Should().ContainSingle().Which.Verdict.Outcome.Should().Be(Outcome.Unknown);
        host.Asked.Should().OnlyContain(
            asked => asked.Contains("/token", StringComparison.Ordinal), "without a token nothing is ordered");
    }

    [Theory]
    [InlineData("{\"status\":", Outcome.Unknown)]
    [InlineData("", Outcome.Accepted)]
    public async Task Is_a_broken_body_also_where_an_empty_one_accepts(string body, Outcome outcome)
    {
        await using var host = await ScriptedOperator.StartAsync(asked =>
            asked.Contains("/token", StringComparison.Ordinal)
            ? (200, """{"access_token":"t","expires_in":3600}""") : (202, body));
        using var us = new OurSide();

        var reading = await us.Adapter.SubmitAsync(
            OurSide.Connection(host.Address, "KES", [.. Rigs.Mtn.Settings]), OurSide.Unit(1), CancellationToken.None);

        reading.Lines.Should().ContainSingle().Which.Verdict.Outcome.Should().Be(outcome);
    }

    [Fact]
    public async Task May_be_none_at_all()
    {
        await using var host = await ScriptedOperator.StartAsync(
            async (http, _) => await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted));
        using var us = new OurSide(patience: TimeSpan.FromMilliseconds(300));

        var reading = await us.Adapter.SubmitAsync(
            OurSide.Connection(host.Address), OurSide.Unit(1), CancellationToken.None);

        reading.Units.Single().Verdict.Should().Be(Verdict.Unknown("TIMEOUT"));
    }

    [Fact]
    public async Task May_be_a_dead_line()
    {
        var host = await ScriptedOperator.StartAsync(_ => (200, "{}"));
        var address = host.Address;
        await host.DisposeAsync();
        using var us = new OurSide();

        var reading = await us.Adapter.SubmitAsync(
            OurSide.Connection(address), OurSide.Unit(1), CancellationToken.None);

        reading.Units.Single().Verdict.Should().Be(Verdict.Unknown("UNREACHABLE"));
    }

    [Fact]
    public async Task May_be_a_line_that_breaks_within_the_answer()
    {
        await using var host = await ScriptedOperator.StartAsync(async (http, _) =>
        {
            http.Response.ContentLength = 1_000;
            http.Response.StatusCode = 202;
            await http.Response.Body.WriteAsync("{\"status\":"u8.ToArray());
            await http.Response.Body.FlushAsync();
            http.Abort();
        });
        using var us = new OurSide();

        var reading = await us.Adapter.SubmitAsync(
            OurSide.Connection(host.Address), OurSide.Unit(1), CancellationToken.None);

        reading.Units.Single().Verdict.Should().Be(Verdict.Unknown("UNREACHABLE"));
    }

    [Fact]
    public async Task Stops_a_row_of_single_orders_after_three_silences_and_calls_none_of_them_refused()
    {
        await using var host = await ScriptedOperator.StartAsync((http, _) =>
        {
            http.Abort();
            return Task.CompletedTask;
        });
        using var us = new OurSide();

        var reading = await us.Adapter.SubmitAsync(
            OurSide.Connection(host.Address, "KES", ("mode", "single"), ("callsAtOnce", "4")),
            OurSide.Unit(1, orders: 10), CancellationToken.None);

        reading.Lines.Should().HaveCount(10).And.OnlyContain(line => line.Verdict.Outcome == Outcome.Unknown);
        host.Asked.Distinct().Should().ContainSingle();
        host.Asked.Count.Should().BeLessThanOrEqualTo(6);
    }

    [Theory]
    [InlineData("""{"result":"success"}""")]
    [InlineData("""{"errorCategory":"internal","errorCode":"genericError"}""")]
    [InlineData("""{"batchId":"B1","batchStatus":"completed"}""")]
    [InlineData("\u0000garbage")]
    public void Is_what_every_callback_is(string body)
    {
        using var us = new OurSide();
        var connection = OurSide.Connection(new Uri("http://127.0.0.1:1"));

        var reading = us.Adapter.Read(connection, new Document("callback", System.Text.Encoding.UTF8.GetBytes(body)));

        reading.Match(read => read, refusal => throw new InvalidOperationException(refusal.Code)).Should()
            .BeSameAs(Reading.Nothing);
    }
}
