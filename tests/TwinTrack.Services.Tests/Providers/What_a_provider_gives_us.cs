using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Services.Tests.Providers;

public sealed class What_a_provider_gives_us
{
    private static readonly Verdict Rejected = new(Outcome.Rejected, Grade.A, "RJCT");
    private static readonly Verdict Settled = new(Outcome.Settled, Grade.A, "ACCC");

    [Fact]
    public async Task Is_kept_raw_and_the_same_bytes_again_have_no_second_effect()
    {
        var adapter = new ScriptedAdapter();
        await using var host = await ProvidersHost.StartAsync(adapter);
        var orders = await host.OrderAsync(2);
        await host.UntilSubmittedAsync(2);
        adapter.OnRead = _ => Lines(orders.Select(order => (order.InstructionId, Rejected)));

        adapter.LayDown("status-1.xml", "<same/>");
        await host.UntilReportedAsync("rejected", 2);
        adapter.LayDown("status-1-again.xml", "<same/>");
        await TestHost.Until(() => Task.FromResult(adapter.Done.Count), count => count == 2);

        var evidence = await host.LookAsync(db => db.Evidence.AsNoTracking().SingleAsync());
        (evidence.State, evidence.TimesSeen).Should().Be((EvidenceState.Applied, 2));
        (await File.ReadAllTextAsync(Path.Combine(host.Data, "evidence", evidence.Path!))).Should().Be("<same/>");
        (await host.ReportsAsync()).Count(row => row.Outcome == "rejected").Should().Be(2);
        (await host.LookAsync(
            db => db.Answers.AsNoTracking().Select(answer => answer.EvidenceId).Distinct().ToListAsync())).Should()
            .Equal(evidence.Id);
    }

    [Fact]
    public async Task Does_not_hold_up_the_rest_when_it_cannot_be_read()
    {
        var adapter = new ScriptedAdapter();
        await using var host = await ProvidersHost.StartAsync(adapter);
        var orders = await host.OrderAsync(1);
        await host.UntilSubmittedAsync(1);
        adapter.OnRead = document => document.Name switch
        {
            "a-bad" => new Refusal("pain.line", "Line 3, amount: not a number."),
            "b-fatal" => throw new InvalidOperationException("secret content"),
            _ => Lines([(orders[0].InstructionId, Settled)]),
        };

        adapter.LayDown("a-bad", "1");
        adapter.LayDown("b-fatal", "2");
        adapter.LayDown("c-good", "3");

        await host.UntilReportedAsync("settled", 1);
        using var http = host.Http;
        var page = await http.GetFromJsonAsync<JsonElement>($"/providers/channels/{ProvidersHost.Channel}/evidence");
        var items = page.GetProperty("items").EnumerateArray()
            .ToDictionary(item => item.GetProperty("name").GetString()!);
        items["a-bad"].GetProperty("reason").GetString().Should().Contain("Line 3, amount");
        items["b-fatal"].GetProperty("state").GetString().Should().Be("Unreadable");
        items["b-fatal"].GetProperty("reason").GetString().Should().NotContain("secret");
    }

    [Fact]
    public async Task Reports_a_contradiction_once_and_does_not_change_what_was_final()
    {
        var adapter = new ScriptedAdapter();
        await using var host = await ProvidersHost.StartAsync(adapter);
        var orders = await host.OrderAsync(2);
        await host.UntilSubmittedAsync(2);
        adapter.OnRead =
            document =>
                Lines(orders.Select(order => (order.InstructionId, document.Name == "first" ? Rejected : Settled)));

        adapter.LayDown("first", "1");
        await host.UntilReportedAsync("rejected", 2);
        adapter.LayDown("second", "2");
        await host.UntilReportedAsync("settled", 2);
        adapter.LayDown("third", "3");
        await TestHost.Until(() => Task.FromResult(adapter.Done.Count), count => count == 3);

        (await host.ReportsAsync()).Count(row => row.Outcome == "settled").Should().Be(2);
        (await host.StatesAsync()).Should().Contain(PaymentOrderState.Rejected, 2);
        (await host.LookAsync(db => db.Answers.CountAsync(answer => answer.Contradiction))).Should().Be(2);
    }

    [Fact]
    public async Task Names_an_order_by_its_obligation_where_the_bank_carries_nothing_else()
    {
        var adapter = new ScriptedAdapter();
        await using var host = await ProvidersHost.StartAsync(adapter);
        var orders = await host.OrderAsync(2);
        await host.UntilSubmittedAsync(2);
        var unit = await host.LookAsync(db => db.Units.AsNoTracking().Select(row => row.Reference).SingleAsync());
        adapter.OnRead = _ => new Reading(
            [new UnitAnswer(unit, Settled, null)],
            [new Answer(WireReference.Of(ObligationId.Parse(orders[0].ObligationId, null)), Rejected)]);

        adapter.LayDown("by-obligation", "1");

        await host.UntilReportedAsync("settled", 1);
        (await host.UntilReportedAsync("rejected", 1)).Single(row => row.Outcome == "rejected").InstructionId.Should()
            .Be(orders[0].InstructionId);
        (await host.LookAsync(db => db.Answers.CountAsync(answer => answer.Contradiction))).Should()
            .Be(0, "what a line names has its own word and not the unit's");
    }

    [Fact]
    public async Task Keeps_references_that_are_not_ours()
    {
        var adapter = new ScriptedAdapter();
        await using var host = await ProvidersHost.StartAsync(adapter);
        adapter.OnRead = _ => new Reading(
            [new UnitAnswer("UNKNOWN-UNIT", Rejected, null)],
            [new Answer("NOTPROVIDED", Settled),
                new Answer(WireReference.Of(InstructionId.New(TimeProvider.System)), Settled)]);

        adapter.LayDown("foreign", "1");

        await TestHost.Until(
            () => host.LookAsync(db => db.Evidence.AsNoTracking().Select(row => row.Unmatched).ToListAsync()),
            rows => rows is [3]);
        (await host.LookAsync(db => db.Unmatched.CountAsync())).Should().Be(3);
        (await host.ReportsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task That_is_all_or_nothing_is_refused_for_one_bad_row_and_the_report_says_which()
    {
        var adapter = new ScriptedAdapter();
        await using var host = await ProvidersHost.StartAsync(adapter);
        var orders = await host.OrderAsync(3);
        await host.UntilSubmittedAsync(3);
        var references = orders.ConvertAll(order => WireReference.Of(InstructionId.Parse(order.InstructionId, null)));
        var good = new Answer(references[0], Rejected, Row: 2);
        adapter.OnRead = document => new Reading([], document.Name == "good"
            ? [good, new Answer(references[1], Settled, AmountMinor: 1, Row: 3)]
            :
            [
                good,
                new Answer(WireReference.Of(InstructionId.New(TimeProvider.System)), Rejected, Row: 3),
                new Answer(references[1], Settled, AmountMinor: orders[1].AmountMinor + 1, Row: 4),
                new Answer(WireReference.Of(ObligationId.Parse(orders[0].ObligationId, null)), Rejected, Row: 5),
            ], Whole: true);

        adapter.LayDown("bad", "1");
        var evidence = await TestHost.Until(
            () => host.LookAsync(db => db.Evidence.AsNoTracking().SingleOrDefaultAsync()),
            row => row?.State == EvidenceState.Unreadable);
        using var http = host.Http;
        var report = await http.GetFromJsonAsync<JsonElement>($"/providers/evidence/{evidence!.Id}/report");

        report.GetProperty("items").EnumerateArray()
            .Select(item => (item.GetProperty("row").GetInt32(), item.GetProperty("field").GetString(),
                item.GetProperty("why").GetString()))
            .Should().Equal((3, "payment", "is no payment of this channel"), (4, "amount", "is more than was due"),
                (5, "payment", "is there twice, under two names"));
        (await host.StatesAsync()).Should().Contain(PaymentOrderState.Sent, 3, "not even the sound row counts");
        await RefusesUnknownAsync(http, $"evidence/{EvidenceId.New(TimeProvider.System)}/report", "evidence.unknown");
        await RefusesUnknownAsync(
            http, $"instructions/{InstructionId.New(TimeProvider.System)}", "payment_order.unknown");
        await RefusesUnknownAsync(
            http, $"statements/{StatementId.New(TimeProvider.System)}", "statement.not_imported");

        adapter.LayDown("good", "2");
        await host.UntilReportedAsync("rejected", 1);
        (await host.UntilReportedAsync("settled", 1)).Single(row => row.Outcome == "settled").AmountMinor.Should()
            .Be(1, "a partial payment is told with its amount");
    }

    [Fact]
    public async Task Frees_nothing_when_only_part_of_the_money_came_back()
    {
        var adapter = new ScriptedAdapter();
        await using var host = await ProvidersHost.StartAsync(adapter);
        var order = (await host.OrderAsync(1))[0];
        await host.UntilSubmittedAsync(1);
        var reference = WireReference.Of(InstructionId.Parse(order.InstructionId, null));
        adapter.OnRead =
            _ => new Reading(
                [], [new Answer(reference, Settled),
                    new Answer(reference, new Verdict(Outcome.Returned, Grade.B, "FOCR"), null, 100)]);

        adapter.LayDown("part", "1");

        await host.UntilReportedAsync("settled", 1);
        (await host.ReportsAsync()).Should().NotContain(row => row.Outcome == "returned");
        (await host.StatesAsync()).Should().Contain(PaymentOrderState.Settled, 1);
    }

    [Theory]
    [InlineData(60, 100, "settled:60 settled:100")]
    [InlineData(100, 60, "settled:100 settled:60")]
    public async Task That_names_another_amount_than_before_is_reported_once(long first, long second, string reported)
    {
        var adapter = new ScriptedAdapter();
        await using var host = await ProvidersHost.StartAsync(adapter);
        var order = (await host.OrderAsync(1))[0];
        await host.UntilSubmittedAsync(1);
        var reference = WireReference.Of(InstructionId.Parse(order.InstructionId, null));
        adapter.OnRead = document => new Reading(
            [], [new Answer(reference, Settled, AmountMinor: document.Name == "1" ? first : second)]);

        await GiveAsync(adapter, "1", "2", "3");

        (await host.ReportsAsync()).Where(row => row.Outcome != "sent")
            .Select(row => Invariant($"{row.Outcome}:{row.AmountMinor}")).Should().Equal(reported.Split(' '));
        (await host.LookAsync(db => db.Answers.CountAsync(answer => answer.Contradiction))).Should().Be(1);
    }

    [Fact]
    public async Task Returns_what_came_back_whole_after_a_partial_delivery()
    {
        var adapter = new ScriptedAdapter();
        await using var host = await ProvidersHost.StartAsync(adapter);
        var order = (await host.OrderAsync(1))[0];
        await host.UntilSubmittedAsync(1);
        var reference = WireReference.Of(InstructionId.Parse(order.InstructionId, null));
        adapter.OnRead = document => new Reading([], [document.Name == "1"
            ? new Answer(reference, Settled, AmountMinor: 60)
            : new Answer(reference, new Verdict(Outcome.Returned, Grade.B, "FOCR"), AmountMinor: 60)]);

        await GiveAsync(adapter, "1", "2", "3");

        (await host.ReportsAsync()).Where(row => row.Outcome != "sent").Select(row => (row.Outcome, row.AmountMinor))
            .Should().Equal(("settled", 60), ("returned", 60));
        (await host.StatesAsync()).Should().Contain(PaymentOrderState.Returned, 1);
    }

    [Fact]
    public async Task That_is_unknown_of_one_order_keeps_the_word_of_its_unit_away()
    {
        var adapter = new ScriptedAdapter();
        await using var host = await ProvidersHost.StartAsync(adapter, settings: new() { ["askEverySeconds"] = "0.1" });
        var orders = await host.OrderAsync(2);
        await host.UntilSubmittedAsync(2);
        var reference = WireReference.Of(InstructionId.Parse(orders[0].InstructionId, null));
        adapter.OnAsk = unit => new Reading([new UnitAnswer(unit.Reference, Rejected, null)],
            [new Answer(reference, Verdict.Unknown("STILL_RUNNING"))]);

        await host.UntilReportedAsync("rejected", 1);
        var asked = adapter.Asked.Count;
        await TestHost.Until(() => Task.FromResult(adapter.Asked.Count), count => count > asked + 1);

        (await host.ReportsAsync()).Where(row => row.Outcome != "sent")
            .Select(row => (row.Outcome, row.InstructionId)).Should().Equal(("rejected", orders[1].InstructionId));
    }

    [Fact]
    public async Task That_closes_a_list_by_its_name_says_nothing_of_another_list()
    {
        var adapter = new ScriptedAdapter();
        await using var host = await ProvidersHost.StartAsync(adapter);
        var order = (await host.OrderAsync(1))[0];
        await host.UntilSubmittedAsync(1);
        var unit = await host.LookAsync(db => db.Units.AsNoTracking().Select(row => row.Reference).SingleAsync());
        var row = new Answer(WireReference.Of(InstructionId.Parse(order.InstructionId, null)), Rejected, Row: 2);
        adapter.OnRead =
            document => new Reading([], [row], Whole: true, OnlyUnit: document.Name == "own" ? unit : "LISTA");

        await GiveAsync(adapter, "other");
        (await host.StatesAsync()).Should().Contain(PaymentOrderState.Sent, 1);
        (await host.LookAsync(db => db.EvidenceFaults.AsNoTracking().Select(fault => fault.Why).SingleAsync())).Should()
            .Be("is not in the list that the file's name closes");

        adapter.LayDown("own", "2");
        await host.UntilReportedAsync("rejected", 1);
    }

    [Fact]
    public async Task That_was_unreadable_is_read_again_when_it_comes_again()
    {
        var adapter = new ScriptedAdapter();
        await using var host = await ProvidersHost.StartAsync(adapter);
        var order = (await host.OrderAsync(1))[0];
        await host.UntilSubmittedAsync(1);
        adapter.OnRead = _ => new Refusal("format.wrong", "Our definition of the partner's columns is wrong.");
        adapter.LayDown("return.csv", "1");
        await TestHost.Until(() => Task.FromResult(adapter.Done.Count), count => count == 1);

        adapter.OnRead = _ => Lines([(order.InstructionId, Settled)]);
        adapter.LayDown("return-again.csv", "1");

        await host.UntilReportedAsync("settled", 1);
        var evidence = await TestHost.Until(
            () => host.LookAsync(db => db.Evidence.AsNoTracking().SingleAsync()),
            row => row.State == EvidenceState.Applied);
        (evidence.Reason, evidence.TimesSeen).Should().Be((null, 2));
    }

    [Fact]
    public async Task Is_at_most_what_was_ordered_and_never_nothing()
    {
        var adapter = new ScriptedAdapter();
        await using var host = await ProvidersHost.StartAsync(adapter);
        var orders = await host.OrderAsync(3);
        await host.UntilSubmittedAsync(3);
        var references = orders.ConvertAll(order => WireReference.Of(InstructionId.Parse(order.InstructionId, null)));
        adapter.OnRead = _ => new Reading([], [
            new Answer(references[0], Settled, AmountMinor: orders[0].AmountMinor + 1),
            new Answer(references[1], Settled, AmountMinor: 0),
            new Answer(references[2], Settled, AmountMinor: -1)]);

        adapter.LayDown("amounts", "1");

        var settled = (await host.UntilReportedAsync("settled", 1)).Should().ContainSingle().Subject;
        (settled.InstructionId, settled.AmountMinor).Should().Be((orders[0].InstructionId, orders[0].AmountMinor));
        (await host.UntilReportedAsync("in_doubt", 2)).Select(row => row.InstructionId).Should()
            .BeEquivalentTo([orders[1].InstructionId, orders[2].InstructionId]);
    }

    [Fact]
    public async Task By_callback_is_a_hint_and_only_the_answer_to_our_question_counts()
    {
        var adapter = new ScriptedAdapter();
        await using var host = await ProvidersHost.StartAsync(
            adapter, settings: new() { ["askEverySeconds"] = "3600" });
        await host.OrderAsync(3);
        await host.UntilSubmittedAsync(3);
        var unit = adapter.Submitted.Single();
        using var http = new HttpClient { BaseAddress = host.Http.BaseAddress };

        (await http.PostAsync($"/providers/callbacks/{new string('0', 64)}",
            new StringContent("{}"))).StatusCode.Should().Be(HttpStatusCode.NotFound);
        using var tooLarge = await http.PutAsync(
            $"/providers/callbacks/{unit.CallbackToken}", new StringContent(new string('x', 300_000)));
        tooLarge.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        tooLarge.Headers.ConnectionClose.Should().BeTrue();
        (await host.LookAsync(db => db.Evidence.CountAsync())).Should().Be(0);
        (await http.PutAsync($"/providers/callbacks/{unit.CallbackToken}",
            new StringContent("""{"transactionStatus":"failed"}"""))).StatusCode.Should().Be(HttpStatusCode.NoContent);
        await TestHost.Until(() => Task.FromResult(adapter.Asked.Count), count => count > 0);
        (await host.StatesAsync()).Should().Contain(PaymentOrderState.Sent, 3);
        adapter.OnAsk = ScriptedAdapter.Paid;
        (await http.PostAsync($"/providers/callbacks/{unit.CallbackToken}",
            new StringContent("""{"result":"success"}"""))).StatusCode.Should().Be(HttpStatusCode.NoContent);

        await host.UntilAllAsync(PaymentOrderState.Settled, 3);
        await TestHost.Until(
            () => host.LookAsync(db => db.Evidence.AsNoTracking().Select(row => row.State).ToListAsync()),
            states => states.Count == 2 && states.All(state => state == EvidenceState.Hint));
    }

    private static async Task GiveAsync(ScriptedAdapter adapter, params string[] names)
    {
        foreach (var name in names)
        {
            var done = adapter.Done.Count;
            adapter.LayDown(name, name);
            await TestHost.Until(() => Task.FromResult(adapter.Done.Count), count => count > done);
        }
    }

    private static Reading Lines(IEnumerable<(string Instruction, Verdict Verdict)> lines) =>
        new([], [
            .. lines.Select(
                line => new Answer(WireReference.Of(InstructionId.Parse(line.Instruction, null)), line.Verdict))]);

    private static async Task RefusesUnknownAsync(HttpClient http, string path, string code)
    {
        using var answer = await http.GetAsync($"/providers/{path}");
        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("title").GetString().Should().Be(code);
    }
}
