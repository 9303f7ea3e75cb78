using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Tests.MobileMoney;

public class Asking_the_operator
{
    private const string DuplicateError = """{"errorCategory":"businessRule","errorCode":"DuplicateRequest"}""";

    [Fact]
    public async Task Follows_a_refused_copy_to_what_became_of_the_first()
    {
        var unit = OurSide.Unit(1, orders: 3);
        await using var host = await ScriptedOperator.StartAsync(asked => asked switch
        {
            "POST /batchtransactions" => (400, DuplicateError),
            var ask when ask.StartsWith("GET /responses/", StringComparison.Ordinal) =>
                (200, """{"link":"https://elsewhere.example/v1.2/mm/batchtransactions/B7"}"""),
            "GET /batchtransactions/B7" => (200, """{"batchId":"B7","batchStatus":"completed"}"""),
            var ask when ask.Contains("completions", StringComparison.Ordinal) =>
                (200, Rows(unit.Orders[0].Reference.ToUpperInvariant(), "somebody-elses")),
            _ => (200,
                $$"""[{"requestingOrganisationTransactionReference":"{{unit.Orders[1].Reference}}","rejectionReason":"maxBalanceExceeded"}]"""),
        });
        using var us = new OurSide();

        var reading = await us.Adapter.SubmitAsync(OurSide.Connection(host.Address), unit, CancellationToken.None);

        reading.Units.Should().BeEmpty("the third order is in neither list and keeps the state it has");
        reading.Lines.Should().HaveCount(2);
        reading.Lines[0].Should()
            .Be(new Answer(unit.Orders[0].Reference, new Verdict(Outcome.Settled, Grade.A, "LISTED"), "T1"));
        reading.Lines[1].Should()
            .Be(new Answer(unit.Orders[1].Reference, new Verdict(Outcome.Rejected, Grade.A, "maxBalanceExceeded")));
    }

    [Theory]
    [InlineData("pending", Outcome.Accepted)]
    [InlineData("failed", Outcome.Rejected)]
    [InlineData("Failed", Outcome.Rejected)]
    [InlineData("odd", Outcome.Unknown)]
    public async Task Takes_a_requests_state_for_the_whole_unit(string status, Outcome outcome)
    {
        await using var host = await ScriptedOperator.StartAsync(
            asked => asked.StartsWith("GET /responses/", StringComparison.Ordinal)
            ? (200, """{"link":"/requeststates/abc-1"}""")
            : (200, $$"""{"serverCorrelationId":"abc-1","status":"{{status}}","errorReference": """
                + $$"""{"ErrorCode":"maxBalanceExceeded"} }"""));
        using var us = new OurSide();

        var reading = await us.Adapter.AskAsync(
            OurSide.Connection(host.Address), OurSide.Unit(1), CancellationToken.None);

        reading.Units.Single().Verdict.Outcome.Should().Be(outcome);
    }

    [Theory]
    [InlineData("https://evil.example/steal?x=/batchtransactions/B1")]
    [InlineData("/batchtransactions/..")]
    [InlineData("/batchtransactions/B1%2F..%2Faccounts")]
    [InlineData("/accounts/42")]
    [InlineData("")]
    public async Task Goes_nowhere_that_a_strange_link_leads(string link)
    {
        await using var host = await ScriptedOperator.StartAsync(_ => (200, JsonSerializer.Serialize(new { link })));
        using var us = new OurSide();

        var reading = await us.Adapter.AskAsync(
            OurSide.Connection(host.Address), OurSide.Unit(1), CancellationToken.None);

        reading.Units.Single().Verdict.Should().Be(Verdict.Unknown("LINK"));
        host.Asked.Should().ContainSingle();
    }

    [Theory]
    [InlineData(50, true)]
    [InlineData(50, false)]
    [InlineData(500, true)]
    public async Task Reads_all_pages_whatever_their_size_and_whether_they_are_counted(int pageSize, bool counted)
    {
        var unit = OurSide.Unit(3, orders: 120);
        await using var host = await ScriptedOperator.StartAsync(async (http, asked) =>
        {
            var completions = asked.Contains("completions", StringComparison.Ordinal);
            var offset = int.Parse(http.Request.Query["offset"].FirstOrDefault() ?? "0", CultureInfo.InvariantCulture);
            if (completions && counted)
            {
                http.Response.Headers["X-Records-Available-Count"] = "120";
            }

            await http.Response.WriteAsync(
                asked.Contains("/responses/", StringComparison.Ordinal) ? """{"link":"/batchtransactions/B1"}"""
                : completions ? Rows([.. unit.Orders.Skip(offset).Take(pageSize).Select(order => order.Reference)])
                : asked.Contains("rejections", StringComparison.Ordinal) ? "[]"
                : """{"batchStatus":"Completed"}""");
        });
        using var us = new OurSide();

        var reading = await us.Adapter.AskAsync(OurSide.Connection(host.Address), unit, CancellationToken.None);

        reading.Lines.Select(line => line.Reference).Should()
            .BeEquivalentTo(unit.Orders.Select(order => order.Reference));
    }

    [Fact]
    public async Task Believes_no_rejection_beside_completions_that_could_not_be_read()
    {
        var unit = OurSide.Unit(1);
        await using var host = await ScriptedOperator.StartAsync(asked =>
            asked.Contains("/responses/", StringComparison.Ordinal) ? (200, """{"link":"/batchtransactions/B1"}""")
            : asked.Contains("completions", StringComparison.Ordinal) ? (500, "")
            : asked.Contains("rejections", StringComparison.Ordinal) ? (200, Rows(unit.Orders[0].Reference))
            : (200, """{"batchStatus":"completed"}"""));
        using var us = new OurSide();

        var reading = await us.Adapter.AskAsync(OurSide.Connection(host.Address), unit, CancellationToken.None);

        reading.Lines.Should().BeEmpty();
    }

    [Fact]
    public async Task Is_repeated_when_the_first_try_meets_a_passing_fault()
    {
        var calls = 0;
        await using var host = await ScriptedOperator.StartAsync(_ => ++calls < 3 ? (503, "") : (404, "{}"));
        using var us = new OurSide();

        var reading = await us.Adapter.AskAsync(
            OurSide.Connection(host.Address), OurSide.Unit(1), CancellationToken.None);

        calls.Should().Be(3);
        reading.Units.Single().Verdict.Should().Be(Verdict.Unknown("HTTP_404"));
    }

    private static string Rows(params string[] references) => JsonSerializer.Serialize(
        references.Select(
            (reference, at) => new
            {
                transactionReference = Invariant($"T{at + 1}"),
                requestingOrganisationTransactionReference = reference,
                rejectionReason = "x"
            }));
}
