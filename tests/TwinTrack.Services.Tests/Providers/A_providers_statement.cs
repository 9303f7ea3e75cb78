using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Providers.V1;
using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Services.Tests.Providers;

public sealed class A_providers_statement
{
    /// <summary>An order may be paid for one second in these tests. No fact shows its end but the clock.</summary>
    private static Task UntilTooLateAsync() => Task.Delay(TimeSpan.FromSeconds(1.1), TimeProvider.System);

    private static readonly DateOnly Day = new(2026, 1, 31);

    [Fact]
    public async Task Settles_what_it_paid_returns_what_came_back_and_passes_every_line_on()
    {
        var adapter = new ScriptedAdapter { OnSubmit = (_, _) => throw new TimeoutException() };
        await using var host = await ProvidersHost.StartAsync(adapter);
        var orders = await host.OrderAsync(4);
        await host.UntilReportedAsync("in_doubt", 4);
        adapter.OnStatement =
            _ => Statement(
                false, [Line(1, orders[0]), Line(2, orders[1]), Line(3, orders[1], returned: true),
                    Line(4, null) with { Reference = "OTHER" }]);

        var id = await ImportAsync(host, "one");

        var ended = await host.UntilSaidAsync<StatementEnded>();
        (ended.StatementId, ended.Lines, ended.Chunks, ended.Final).Should().Be((id, 4, 1, false));
        (await host.UntilSaidAsync<StatementChunk>()).Rows.Select(row => (row.InstructionId, row.Kind)).Should().Equal(
            (orders[0].InstructionId, "paid"), (orders[1].InstructionId, "paid"), (orders[1].InstructionId, "returned"),
            (null, "paid"));
        var reports = await host.ReportsAsync();
        reports.Where(row => row.Code == "STATEMENT").Select(row => (row.InstructionId, row.Outcome, row.Grade))
            .Should().Equal(
            (orders[0].InstructionId, "settled", "A"), (orders[1].InstructionId, "settled", "A"),
            (orders[1].InstructionId, "returned", "B"));
        (await host.StatesAsync()).Should().Contain(PaymentOrderState.InDoubt, 2);
    }

    [Fact]
    public async Task Imported_twice_is_one_statement()
    {
        var adapter = new ScriptedAdapter();
        await using var host = await ProvidersHost.StartAsync(adapter);
        var orders = await host.OrderAsync(1);
        await host.UntilReportedAsync("sent", 1);
        adapter.OnStatement = _ => Statement(false, [Line(1, orders[0])]);

        var first = await ImportAsync(host, "same");
        await host.UntilSaidAsync<StatementEnded>();
        var second = await ImportAsync(host, "same");

        second.Should().Be(first);
        (await host.SentAsync<StatementChunk>()).Should().ContainSingle();
        (await host.LookAsync(db => db.Statements.CountAsync())).Should().Be(1);
    }

    [Fact]
    public async Task That_is_final_proves_by_absence_only_what_could_no_longer_be_paid()
    {
        var adapter = new ScriptedAdapter();
        await using var host = await ProvidersHost.StartAsync(
            adapter, settings: new() { ["validitySeconds"] = "3600" });
        var orders = await host.OrderAsync(3);
        await host.UntilReportedAsync("sent", 3);
        adapter.OnStatement =
            document => Statement(true, document.Name == "early" ? [Line(1, orders[0])] : [Line(1, orders[1])]);

        await ImportAsync(host, "early");
        await host.UntilSaidAsync<StatementEnded>();
        (await host.ReportsAsync()).Should().NotContain(row => row.Outcome == "rejected", "their time is not over");
        await host.ConnectAsync(new() { ["validitySeconds"] = "1" });
        await UntilTooLateAsync();
        await ImportAsync(host, "late");

        (await host.UntilReportedAsync("rejected", 1)).Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { orders[2].InstructionId, Grade = "A", Code = "EXPIRED_ABSENT" });
    }

    [Fact]
    public async Task That_is_not_final_proves_nothing_by_absence()
    {
        var adapter = new ScriptedAdapter();
        await using var host = await ProvidersHost.StartAsync(adapter, settings: new() { ["validitySeconds"] = "1" });
        await host.OrderAsync(1);
        await host.UntilSubmittedAsync(1);
        await UntilTooLateAsync();
        adapter.OnStatement = document => Statement(document.Name == "final", []);

        await ImportAsync(host, "preliminary");
        await host.UntilSaidAsync<StatementEnded>();
        (await host.ReportsAsync()).Should().NotContain(row => row.Outcome == "rejected");
        await ImportAsync(host, "final");

        await host.UntilReportedAsync("rejected", 1);
    }

    [Fact]
    public async Task Proves_no_absence_while_a_payment_of_that_amount_cannot_be_placed()
    {
        var adapter = new ScriptedAdapter();
        await using var host = await ProvidersHost.StartAsync(adapter, settings: new() { ["validitySeconds"] = "1" });
        var orders = await host.OrderAsync(2);
        await host.UntilReportedAsync("sent", 2);
        await UntilTooLateAsync();
        adapter.OnStatement = _ => Statement(true, [Line(1, orders[0]) with { Reference = null }]);

        await ImportAsync(host, "x");

        (await host.UntilReportedAsync("rejected", 1)).Should().ContainSingle().Which.InstructionId.Should()
            .Be(orders[1].InstructionId);
    }

    [Fact]
    public async Task Proves_no_absence_of_what_may_stand_on_a_statement_that_nobody_imported()
    {
        var adapter = new ScriptedAdapter();
        await using var host = await ProvidersHost.StartAsync(adapter, settings: new() { ["validitySeconds"] = "1" });
        var orders = await host.OrderAsync(1);
        await host.UntilReportedAsync("sent", 1);
        await UntilTooLateAsync();
        var gap = TimeProvider.System.GetUtcNow();
        adapter.OnStatement = document => Statement(true, [], from: document.Name == "second" ? gap : default);

        await ImportAsync(host, "second");
        await host.UntilSaidAsync<StatementEnded>();
        (await host.ReportsAsync()).Should().NotContain(
            row => row.Outcome == "rejected", "the order was sent before the statement begins");
        await ImportAsync(host, "first");

        (await host.UntilReportedAsync("rejected", 1)).Should().ContainSingle().Which.InstructionId.Should()
            .Be(orders[0].InstructionId);
    }

    [Fact]
    public async Task Proves_no_absence_across_a_gap_between_two_final_statements()
    {
        var adapter = new ScriptedAdapter();
        await using var host = await ProvidersHost.StartAsync(adapter, settings: new() { ["validitySeconds"] = "1" });
        await host.OrderAsync(1);
        var sent = (await host.UntilReportedAsync("sent", 1)).Single().At;
        await UntilTooLateAsync();
        var end = TimeProvider.System.GetUtcNow();
        adapter.OnStatement = document => document.Name == "first"
            ? new Statement("ST1", true, sent.AddDays(-2), sent.AddDays(-1), [])
            : Statement(true, [], from: document.Name == "later" ? end : default);

        foreach (var name in (string[])["first", "later"])
        {
            var id = await ImportAsync(host, name);
            await TestHost.Until(host.SentAsync<StatementEnded>, ends => ends.Any(one => one.StatementId == id));
        }

        (await host.ReportsAsync()).Should().NotContain(
            row => row.Outcome == "rejected", "no statement covers the time in which the order was sent");
        await ImportAsync(host, "whole");
        await host.UntilReportedAsync("rejected", 1);
    }

    [Fact]
    public async Task Names_no_payment_by_an_obligation_of_two_orders()
    {
        var adapter = new ScriptedAdapter();
        await using var host = await ProvidersHost.StartAsync(adapter);
        var first = (await host.OrderAsync(1))[0];
        await host.SubmitAsync([first with { InstructionId = InstructionId.New(TimeProvider.System).Text }]);
        await host.UntilReportedAsync("sent", 2);
        adapter.OnStatement =
            _ => Statement(
                false, [Line(1, first) with { Reference =
                    WireReference.Of(ObligationId.Parse(first.ObligationId, null)) }]);

        await ImportAsync(host, "x");

        await host.UntilSaidAsync<StatementEnded>();
        (await host.UntilSaidAsync<StatementChunk>()).Rows.Single().InstructionId.Should().BeNull();
        (await host.StatesAsync()).Should().Equal(
            new Dictionary<PaymentOrderState, int> { [PaymentOrderState.Sent] = 2 }, "the line may mean either");
    }

    [Fact]
    public async Task Proves_no_absence_of_any_order_that_a_line_may_mean()
    {
        var adapter = new ScriptedAdapter();
        await using var host = await ProvidersHost.StartAsync(adapter, settings: new() { ["validitySeconds"] = "1" });
        var first = (await host.OrderAsync(1))[0];
        await host.SubmitAsync([first with { InstructionId = InstructionId.New(TimeProvider.System).Text }]);
        await host.UntilSubmittedAsync(2);
        await UntilTooLateAsync();
        // The amount differs, so only the obligation's name shows that one of the two was paid.
        adapter.OnStatement = _ => Statement(true, [Line(1, first) with
        {
            Reference = WireReference.Of(ObligationId.Parse(first.ObligationId, null)),
            AmountMinor = first.AmountMinor - 1,
        }]);

        await ImportAsync(host, "x");

        await host.UntilSaidAsync<StatementEnded>();
        (await host.ReportsAsync()).Should().NotContain(row => row.Outcome == "rejected");
    }

    [Fact]
    public async Task Proves_no_absence_while_a_call_has_not_ended()
    {
        var calling = new TaskCompletionSource();
        var adapter = new ScriptedAdapter
        {
            OnSubmit = async (_, cancel) =>
            {
                await calling.Task.WaitAsync(cancel);
                return Reading.Nothing;
            },
        };
        await using var host = await ProvidersHost.StartAsync(adapter, settings: new() { ["validitySeconds"] = "1" });
        await host.OrderAsync(1);
        await host.UntilReportedAsync("sent", 1);
        await UntilTooLateAsync();
        adapter.OnStatement = _ => Statement(true, []);

        await ImportAsync(host, "x");

        await host.UntilSaidAsync<StatementEnded>();
        (await host.ReportsAsync()).Should().NotContain(row => row.Outcome == "rejected", "it may be leaving now");
        calling.SetResult();
    }

    [Fact]
    public async Task Names_a_payment_by_its_obligation_though_another_order_for_it_waits()
    {
        var adapter = new ScriptedAdapter();
        await using var host = await ProvidersHost.StartAsync(adapter);
        var first = (await host.OrderAsync(1))[0];
        await host.UntilSubmittedAsync(1);
        await host.FenceAsync(1);
        await host.SubmitAsync([first with { InstructionId = InstructionId.New(TimeProvider.System).Text }]);
        adapter.OnStatement =
            _ => Statement(
                false, [Line(1, first) with { Reference =
                    WireReference.Of(ObligationId.Parse(first.ObligationId, null)) }]);

        await ImportAsync(host, "x");

        await host.UntilSaidAsync<StatementEnded>();
        (await host.UntilSaidAsync<StatementChunk>()).Rows.Single().InstructionId.Should()
            .Be(first.InstructionId, "what never left cannot be meant");
    }

    [Fact]
    public async Task Names_a_payment_by_its_obligation_where_the_bank_carries_nothing_else()
    {
        var adapter = new ScriptedAdapter();
        await using var host = await ProvidersHost.StartAsync(adapter);
        var orders = await host.OrderAsync(1);
        await host.UntilReportedAsync("sent", 1);
        adapter.OnStatement =
            _ => Statement(
                true, [Line(1, orders[0]) with { Reference =
                    WireReference.Of(ObligationId.Parse(orders[0].ObligationId, null)) }]);

        await ImportAsync(host, "x");

        await host.UntilAllAsync(PaymentOrderState.Settled, 1);
    }

    [Fact]
    public async Task Contradicting_a_rejection_is_reported()
    {
        var adapter =
            new ScriptedAdapter
            {
                OnSubmit = (
                unit, _) => Task.FromResult(ScriptedAdapter.All(unit, Outcome.Rejected, Grade.A, "RJCT"))
            };
        await using var host = await ProvidersHost.StartAsync(adapter);
        var orders = await host.OrderAsync(1);
        await host.UntilReportedAsync("rejected", 1);
        adapter.OnStatement = _ => Statement(false, [Line(1, orders[0])]);

        await ImportAsync(host, "x");

        await host.UntilReportedAsync("settled", 1);
        using var http = host.Http;
        var story = await http.GetFromJsonAsync<JsonElement>($"/providers/instructions/{orders[0].InstructionId}");
        story.GetProperty("state").GetString().Should().Be("Rejected");
        story.GetProperty("journal").GetArrayLength().Should().Be(1);
        story.GetProperty("answers").EnumerateArray()
            .Select(answer => (answer.GetProperty("outcome").GetString(),
                answer.GetProperty("contradiction").GetBoolean()))
            .Should().Equal(("rejected", false), ("settled", true));
        story.GetProperty("answers")[1].GetProperty("evidenceId").GetString().Should().StartWith("evd_");
    }

    [Fact]
    public async Task That_cannot_be_read_is_refused_whole_and_names_line_and_field()
    {
        var adapter = new ScriptedAdapter();
        await using var host = await ProvidersHost.StartAsync(adapter);
        using var http = host.Http;

        var answer =
            await http.PostAsync($"/providers/channels/{ProvidersHost.Channel}/statements?name=x.xml",
                new StringContent("rubbish"));

        answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("Line 1, amount");
        (await host.LookAsync(db => db.Statements.CountAsync())).Should().Be(0);
        (await http.PostAsync("/providers/channels/none/statements", new StringContent("x"))).StatusCode.Should()
            .Be(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("no reference")]
    [InlineData("a part came back")]
    public async Task Proves_no_absence_of_what_an_earlier_statement_may_show(string line)
    {
        var adapter = new ScriptedAdapter();
        await using var host = await ProvidersHost.StartAsync(
            adapter, settings: new() { ["validitySeconds"] = "3600" });
        var orders = await host.OrderAsync(2);
        await host.UntilReportedAsync("sent", 2);
        await UntilTooLateAsync();
        var noon = TimeProvider.System.GetUtcNow();
        var shown = line == "no reference"
            ? Line(1, orders[0]) with { Reference = null }
            : Line(1, orders[0], returned: true) with { AmountMinor = 5 };
        adapter.OnStatement = document => document.Name == "day1"
            ? new Statement("ST1", true, default, noon, [shown])
            : Statement(true, [], from: noon);

        var one = await ImportAsync(host, "day1");
        await TestHost.Until(host.SentAsync<StatementEnded>, ends => ends.Any(end => end.StatementId == one));
        await host.ConnectAsync(new() { ["validitySeconds"] = "1" });
        var two = await ImportAsync(host, "day2");
        await TestHost.Until(host.SentAsync<StatementEnded>, ends => ends.Any(end => end.StatementId == two));

        (await host.ReportsAsync()).Where(row => row.Outcome == "rejected").Select(row => row.InstructionId).Should()
            .Equal(orders[1].InstructionId);
    }

    [Fact]
    public async Task Contradicting_a_rejection_by_a_return_in_part_is_reported()
    {
        var adapter =
            new ScriptedAdapter
            {
                OnSubmit = (
                unit, _) => Task.FromResult(ScriptedAdapter.All(unit, Outcome.Rejected, Grade.A, "RJCT"))
            };
        await using var host = await ProvidersHost.StartAsync(adapter);
        var orders = await host.OrderAsync(1);
        await host.UntilReportedAsync("rejected", 1);
        adapter.OnStatement = _ => Statement(false, [Line(1, orders[0], returned: true) with { AmountMinor = 5 }]);

        await ImportAsync(host, "x");
        await host.UntilSaidAsync<StatementEnded>();

        (await host.ReportsAsync()).Where(row => row.Code == "STATEMENT").Select(row => (row.Outcome, row.AmountMinor))
            .Should().Equal(("settled", orders[0].AmountMinor));
        (await host.LookAsync(db => db.Answers.CountAsync(answer => answer.Contradiction))).Should().Be(2);
    }

    private static async Task<string> ImportAsync(ProvidersHost host, string name)
    {
        using var http = host.Http;
        var answer =
            await http.PostAsync($"/providers/channels/{ProvidersHost.Channel}/statements?name={name}",
                new StringContent(name));
        answer.StatusCode.Should().Be(HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    private static Result<Statement> Statement(
        bool final, IReadOnlyList<StatementLine> lines, DateTimeOffset from = default) =>
        new Statement("ST1", final, from, new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero), lines);

    private static StatementLine Line(int line, SubmitRow? order, bool returned = false) => new(
        line,
        order is null ? null : WireReference.Of(InstructionId.Parse(order.InstructionId, null)),
        returned,
        order?.AmountMinor ?? 77,
        "XOF",
        Day,
        null);
}
