using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Providers.V1;
using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Services.Tests.Providers;

public sealed class A_fenced_channel
{
    [Fact]
    public async Task Lets_nothing_leave_after_it_has_answered_and_its_sequence_is_the_proof()
    {
        const int Orders = 400;
        var adapter = new ScriptedAdapter();
        adapter.OnSubmit = async (unit, cancel) =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancel);
            return ScriptedAdapter.Paid(unit);
        };
        await using var host = await ProvidersHost.StartAsync(adapter, settings: new() { ["unitMax"] = "10" });
        await host.OrderAsync(Orders);
        await TestHost.Until(() => Task.FromResult(adapter.Submitted.Count), count => count > 3);

        await host.FenceAsync(2);

        var fenced = await host.UntilSaidAsync<ChannelFenced>();
        fenced.Epoch.Should().Be(2);
        fenced.LastSequence.Should().BeInRange(1, Orders - 1);
        await host.WithdrawAsync("swi_1");
        var withdrawn = await host.UntilSaidAsync<UnsentWithdrawn>();
        withdrawn.Count.Should().Be(Orders - fenced.LastSequence);
        await TestHost.Until(host.StatesAsync,
            states => states.GetValueOrDefault(PaymentOrderState.Settled) == fenced.LastSequence);
        adapter.Submitted.SelectMany(unit => unit.Orders).Should()
            .HaveCount((int)fenced.LastSequence, "what has a journal line was sent and nothing else");
        (await host.LookAsync(db => db.Journal.MaxAsync(line => line.Sequence))).Should().Be(fenced.LastSequence);
        (await host.ReportsAsync()).Count(row => row.Outcome == "withdrawn" && row.Grade == "A").Should()
            .Be((int)withdrawn.Count);
    }

    [Fact]
    public async Task That_was_only_paused_goes_on_where_it_stood()
    {
        var adapter = new ScriptedAdapter { OnSubmit = (unit, _) => Task.FromResult(ScriptedAdapter.Paid(unit)) };
        await using var host = await ProvidersHost.StartAsync(adapter);
        await host.FenceAsync(1);
        await host.OrderAsync(20);
        await host.UntilLookedAtAsync();
        adapter.Submitted.Should().BeEmpty();

        await host.OpenAsync(1);

        await host.UntilAllAsync(PaymentOrderState.Settled, 20);
    }

    [Fact]
    public async Task Lets_no_order_of_a_later_epoch_leave_before_it_is_opened_for_it()
    {
        var adapter = new ScriptedAdapter { OnSubmit = (unit, _) => Task.FromResult(ScriptedAdapter.Paid(unit)) };
        await using var host = await ProvidersHost.StartAsync(adapter);
        await host.OrderAsync(5, epoch: 2);
        await host.UntilLookedAtAsync();
        adapter.Submitted.Should().BeEmpty();

        await host.OpenAsync(2);

        await host.UntilAllAsync(PaymentOrderState.Settled, 5);
    }

    [Fact]
    public async Task Is_not_opened_by_an_order_of_an_older_epoch()
    {
        await using var host = await ProvidersHost.StartAsync(new ScriptedAdapter());
        await host.FenceAsync(3);

        await host.OpenAsync(2);

        (await host.LookAsync(db => db.Gates.AsNoTracking().SingleAsync())).Open.Should().BeFalse();
        (await host.SentAsync<ChannelOpened>()).Should().BeEmpty();
    }

    [Fact]
    public async Task Stays_closed_when_an_older_order_to_open_comes_after_a_newer_pause()
    {
        const long Pause = 1_000_001, Resume = 1_000_002, PauseAgain = 1_000_003;
        var adapter = new ScriptedAdapter();
        await using var host = await ProvidersHost.StartAsync(adapter);
        await host.FenceAsync(1, Pause);
        await host.OpenAsync(1, Resume);
        await host.FenceAsync(1, PauseAgain);
        await host.OrderAsync(10);

        await host.OpenAsync(1, Resume);
        await host.FenceAsync(1, Pause);

        (await host.LookAsync(db => db.Gates.AsNoTracking().SingleAsync())).Open.Should().BeFalse();
        (await host.SentAsync<ChannelOpened>()).Select(sent => sent.CommandNumber).Should().Equal(Resume);
        (await host.SentAsync<ChannelFenced>()).Select(sent => sent.CommandNumber).Should()
            .Equal([Pause, PauseAgain], "a late order gets no answer that could pass for a proof");
        adapter.Submitted.Should().BeEmpty();
    }

    [Fact]
    public async Task Withdraws_a_queued_order_on_a_repeated_return()
    {
        var adapter = new ScriptedAdapter();
        await using var host = await ProvidersHost.StartAsync(adapter);
        await host.FenceAsync(1);
        var orders = await host.OrderAsync(1);
        var returned = new Verdict(Outcome.Returned, Grade.B, "BOOKED");
        // An earlier build stored this answer and left the order in the queue.
        await host.LookAsync(async db =>
        {
            db.Answers.Add(new RecordedAnswer
            {
                Id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()),
                InstructionId = TypedId.Parse<InstructionId>(orders[0].InstructionId),
                Outcome = "returned",
                Grade = Grade.B,
                Code = "BOOKED",
                Source = "statement",
                AmountMinor = orders[0].AmountMinor,
                Contradiction = true,
                At = TimeProvider.System.GetUtcNow(),
            });
            return await db.SaveChangesAsync();
        });

        await host.ApplyVerdictAsync(orders, returned);

        (await host.StatesAsync()).Should().Contain(PaymentOrderState.Withdrawn, 1);
        await host.OpenAsync(1);
        await host.UntilLookedAtAsync();
        (await host.StatesAsync()).Should().Contain(PaymentOrderState.Withdrawn, 1);
        adapter.Submitted.Should().BeEmpty();
    }

    [Fact]
    public async Task Withdraws_only_what_is_in_scope_and_the_rest_when_it_opens_anew()
    {
        var adapter = new ScriptedAdapter();
        await using var host = await ProvidersHost.StartAsync(adapter);
        await host.FenceAsync(1);
        await host.OrderAsync(10);
        await host.FenceAsync(2);

        await host.WithdrawAsync("swi_1", "NE002");

        (await host.UntilSaidAsync<UnsentWithdrawn>()).Count.Should().Be(5);
        (await host.StatesAsync()).Should().Contain(PaymentOrderState.Queued, 5);
        await host.OpenAsync(2);
        await host.UntilReportedAsync("withdrawn", 10);
        adapter.Submitted.Should().BeEmpty("an order of an older epoch never leaves");
    }

    [Fact]
    public async Task Takes_back_nothing_of_another_programme()
    {
        var adapter = new ScriptedAdapter();
        await using var host = await ProvidersHost.StartAsync(adapter);
        await host.OrderAsync(2);
        await host.UntilSubmittedAsync(2);
        await host.FenceAsync(1);
        await host.OrderAsync(3);
        await host.FenceAsync(2);

        await host.WithdrawAndRecallOfAsync("another", "swi_1");

        (await host.UntilSaidAsync<UnsentWithdrawn>()).Count.Should().Be(0);
        var asked = await host.UntilSaidAsync<RecallRequested>();
        (asked.Requested, asked.NotRecallable).Should().Be((0, 0));
        adapter.Recalled.Should().BeEmpty();
        (await host.StatesAsync()).Should().Contain(PaymentOrderState.Queued, 3)
            .And.Contain(PaymentOrderState.Sent, 2);
    }

    [Fact]
    public async Task Recalls_what_was_sent_and_is_not_final()
    {
        var adapter = new ScriptedAdapter
        {
            OnRecall =
                orders =>
                    new Reading(
                        [], [.. orders.Skip(1).Select(
                            order => new Answer(order.Reference, new Verdict(Outcome.Recalled, Grade.A, "CNCL")))]),
        };
        adapter.OnSubmit =
            (unit, _) =>
                Task.FromResult(
                    new Reading(
                        [], [new Answer(unit.Orders[0].Reference, new Verdict(Outcome.Settled, Grade.A, "ACCC"))]));
        await using var host = await ProvidersHost.StartAsync(adapter);
        await host.OrderAsync(10);
        await host.UntilReportedAsync("settled", 1);
        await host.FenceAsync(2);

        await host.RecallAsync("swi_1", "NE002");

        var asked = await host.UntilSaidAsync<RecallRequested>();
        (asked.Requested, asked.NotRecallable).Should().Be((5, 0));
        adapter.Recalled.Should().HaveCount(5);
        (await host.UntilReportedAsync("recalled", 4)).Should()
            .OnlyContain(row => row.Grade == "A" && row.Sequence != null);
        (await host.LookAsync(db => db.Recalls.CountAsync())).Should().Be(5);
    }

    [Fact]
    public async Task Whose_provider_takes_nothing_back_says_so()
    {
        var adapter =
            new ScriptedAdapter
            {
                Abilities = new(
                ["mobile", "bank"], ["name", "account"], Recall: false, StatusQuery: true, Bulk: true,
                SafeToResend: true, Callback: false)
            };
        await using var host = await ProvidersHost.StartAsync(adapter);
        await host.OrderAsync(6);
        await host.UntilReportedAsync("sent", 6);
        await host.FenceAsync(2);

        await host.RecallAsync("swi_1");

        var asked = await host.UntilSaidAsync<RecallRequested>();
        (asked.Requested, asked.NotRecallable).Should().Be((0, 6));
    }
}
