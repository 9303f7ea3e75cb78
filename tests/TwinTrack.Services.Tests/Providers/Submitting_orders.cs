using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Kernel;
using TwinTrack.Providers.Consumers;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Services.Tests.Providers;

public sealed class Submitting_orders
{
    [Fact]
    public async Task Writes_a_journal_without_gaps_and_sends_each_order_once()
    {
        var adapter = new ScriptedAdapter { OnSubmit = (unit, _) => Task.FromResult(ScriptedAdapter.Paid(unit)) };
        await using var host = await ProvidersHost.StartAsync(adapter, settings: new() { ["unitMax"] = "40" });

        var orders = await host.OrderAsync(100);
        await host.UntilAllAsync(PaymentOrderState.Settled, 100);

        var journal =
            await host.LookAsync(
                db => db.Journal.AsNoTracking().OrderBy(line => line.Sequence).Select(line => line.Sequence)
                    .ToListAsync());
        journal.Should().Equal(Enumerable.Range(1, 100).Select(number => (long)number));
        adapter.Submitted.SelectMany(unit => unit.Orders).Select(order => order.Reference).Should()
            .OnlyHaveUniqueItems().And.HaveCount(100);
        adapter.Submitted.Select(unit => unit.Orders.Count).Should().Equal(40, 40, 20);
        var reports = await host.ReportsAsync();
        reports.Where(row => row.Outcome == "sent").Select(row => row.Sequence).Should().BeEquivalentTo(journal);
        reports.Where(row => row.Outcome == "settled").Sum(row => row.AmountMinor).Should()
            .Be(orders.Sum(row => row.AmountMinor));
    }

    [Fact]
    public async Task Said_twice_is_done_once()
    {
        var adapter = new ScriptedAdapter();
        await using var host = await ProvidersHost.StartAsync(adapter);

        var orders = await host.OrderAsync(10);
        await host.SubmitAsync(orders);
        await host.UntilSubmittedAsync(10);
        await host.SubmitAsync(orders);
        await host.OrderAsync(1);
        await host.UntilSubmittedAsync(11);

        adapter.Submitted.SelectMany(unit => unit.Orders).Should().HaveCount(11);
        (await host.ReportsAsync()).Should().HaveCount(11);
    }

    [Fact]
    public async Task Of_an_older_epoch_than_the_gate_withdraws_them_as_never_sent()
    {
        var adapter = new ScriptedAdapter();
        await using var host = await ProvidersHost.StartUnregisteredAsync(adapter);
        await host.RegisterAsync(epoch: 2);
        // Under a closed gate no unit is built, so only the arrival itself ends them.
        await host.FenceAsync(2);

        await host.OrderAsync(5, epoch: 1);

        var reports = await host.ReportsAsync();
        reports.Should().HaveCount(5).And.OnlyContain(row => row.Outcome == "withdrawn");
        reports.Should().OnlyContain(row => row.Grade == "A" && row.Code == "NEVER_SENT" && row.Sequence == null);
        adapter.Submitted.Should().BeEmpty();
    }

    [Fact]
    public async Task That_a_stop_covers_withdraws_them_also_while_the_gate_is_closed()
    {
        await using var host = await ProvidersHost.StartAsync(new ScriptedAdapter());
        await host.FenceAsync(1);
        await host.StopAsync(2, "NE002");

        await host.OrderAsync(6, epoch: 1);

        (await host.ReportsAsync()).Should().HaveCount(3).And.OnlyContain(
            row => row.Outcome == "withdrawn" && row.Code == "NEVER_SENT" && row.Grade == "A");
        (await host.WithdrawnForAsync()).Should().BeEmpty("they are planned again at once");
        (await host.StatesAsync()).Should().Contain(PaymentOrderState.Queued, 3);
    }

    [Fact]
    public async Task Waits_for_a_payee_that_is_still_on_its_way()
    {
        var adapter = new ScriptedAdapter();
        await using var host = await ProvidersHost.StartAsync(adapter);

        var orders = await host.OrderAsync(1, knowPayees: false);
        await host.OrderAsync(1);
        await host.UntilSubmittedAsync(1);
        (await host.StatesAsync()).Should().Contain(PaymentOrderState.Queued, 1);
        await host.KnowAsync([(orders[0], ProvidersHost.NewPayee(0))]);

        await host.UntilSubmittedAsync(2);
    }

    [Fact]
    public async Task Refuses_before_anything_leaves_when_the_payee_is_not_the_approved_one()
    {
        var adapter = new ScriptedAdapter();
        await using var host = await ProvidersHost.StartAsync(adapter);
        await host.FenceAsync(1);
        await host.ConnectAsync(new() { ["payeeWaitSeconds"] = "0" });
        var orders = await host.OrderAsync(3, knowPayees: false);
        // The first household is unknown, the second is known otherwise, and the third's sealed payee is not what its
        // fingerprint says.
        await host.KnowAsync(
            [(orders[1] with { PayeeFingerprint = new string('0', 64) }, ProvidersHost.NewPayee(1)),
                (orders[2], ProvidersHost.NewPayee(99))]);

        await host.OpenAsync(1);

        var reports = await host.UntilReportedAsync("rejected", 3);
        reports.ToDictionary(row => row.InstructionId, row => row.Code).Should()
            .BeEquivalentTo(new Dictionary<string, string>
            {
                [orders[0].InstructionId] = "PAYEE_UNKNOWN",
                [orders[1].InstructionId] = "PAYEE_CHANGED",
                [orders[2].InstructionId] = "PAYEE_UNREADABLE",
            });
        reports.Should().OnlyContain(row => row.Grade == "A" && row.Sequence == null);
        adapter.Submitted.Should().BeEmpty();
        (await host.LookAsync(db => db.Queue.CountAsync())).Should().Be(0);
    }

    [Fact]
    public async Task In_another_currency_refuses_them_before_anything_leaves()
    {
        var adapter = new ScriptedAdapter();
        await using var host = await ProvidersHost.StartAsync(adapter);
        var known = (await host.OrderAsync(1))[0];
        await host.UntilSubmittedAsync(1);
        var foreign = known with
        {
            InstructionId = InstructionId.New(TimeProvider.System).Text,
            ObligationId = ObligationId.New(TimeProvider.System).Text,
        };

        await host.SubmitAsync([foreign], currency: "XAF");

        (await host.UntilReportedAsync("rejected", 1)).Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { foreign.InstructionId, Grade = "A", Code = "NOT_PAYABLE_HERE", Sequence = (long?)null });
        adapter.Submitted.SelectMany(unit => unit.Orders).Should().ContainSingle();
    }

    [Fact]
    public async Task Without_an_answer_leaves_them_in_doubt_and_never_rejected()
    {
        var adapter = new ScriptedAdapter { OnSubmit = (_, _) => throw new TimeoutException() };
        await using var host = await ProvidersHost.StartAsync(adapter);

        await host.OrderAsync(4);

        var reports = await host.UntilReportedAsync("in_doubt", 4);
        reports.Should().OnlyContain(row => row.Grade == "D" && row.Code == "TIMEOUT");
        await TestHost.Until(() => Task.FromResult(adapter.Asked.Count), count => count > 3);
        adapter.Submitted.Should().ContainSingle("a time-out is asked about, never sent again");
        (await host.StatesAsync()).Should().Contain(PaymentOrderState.InDoubt, 4);
        adapter.OnAsk = ScriptedAdapter.Paid;
        await host.UntilAllAsync(PaymentOrderState.Settled, 4);
    }

    [Fact]
    public async Task Reports_silence_as_doubt_once()
    {
        var adapter = new ScriptedAdapter();
        await using var host = await ProvidersHost.StartAsync(
            adapter, settings: new() { ["inDoubtAfterSeconds"] = "0.2" });

        await host.OrderAsync(3);

        (await host.UntilReportedAsync("in_doubt", 3)).Should().OnlyContain(row => row.Code == "NO_ANSWER");
        var asked = adapter.Asked.Count;
        await TestHost.Until(() => Task.FromResult(adapter.Asked.Count), count => count > asked + 3);
        (await host.ReportsAsync()).Count(row => row.Outcome == "in_doubt").Should().Be(3);
    }

    [Fact]
    public async Task Of_a_held_instruction_withdraws_it_wherever_it_comes_first()
    {
        var adapter = new ScriptedAdapter();
        await using var host = await ProvidersHost.StartAsync(adapter);
        await host.FenceAsync(1);
        var queued = (await host.OrderAsync(1))[0];
        var late =
            queued with
            {
                InstructionId = InstructionId.New(TimeProvider.System).Text,
                ObligationId = ObligationId.New(TimeProvider.System).Text
            };

        await host.TellAsync<HoldInstruction, HoldInstructionHandler>(
            new HoldInstruction(queued.InstructionId, "inc_1"));
        await host.TellAsync<HoldInstruction, HoldInstructionHandler>(new HoldInstruction(late.InstructionId, "inc_2"));
        await host.SubmitAsync([late]);
        await host.OpenAsync(1);

        (await host.UntilReportedAsync("withdrawn", 2)).Should()
            .OnlyContain(row => row.Code == "HELD" && row.Grade == "A");
        await host.OrderAsync(1);
        await host.UntilSubmittedAsync(1);
        adapter.Submitted.SelectMany(unit => unit.Orders).Should().ContainSingle();
    }

    [Fact]
    public async Task Carries_a_whole_cycle_in_seconds()
    {
        const int Many = 20_000;
        var adapter = new ScriptedAdapter { OnSubmit = (unit, _) => Task.FromResult(ScriptedAdapter.Paid(unit)) };
        await using var host = await ProvidersHost.StartAsync(adapter);

        await host.OrderAsync(Many);

        await TestHost.Until(() => host.LookAsync(db => db.Units.CountAsync(unit => !unit.Open)),
            closed => closed >= Many / 500);
        (await host.StatesAsync()).Should().Contain(PaymentOrderState.Settled, Many);
    }
}
