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
        await TestHost.Until(host.StatesAsync,
            states => states.GetValueOrDefault(PaymentOrderState.Settled) == fenced.LastSequence);
        adapter.Submitted.SelectMany(unit => unit.Orders).Should()
            .HaveCount((int)fenced.LastSequence, "what has a journal line was sent and nothing else");
        (await host.LookAsync(db => db.Journal.MaxAsync(line => line.Sequence))).Should().Be(fenced.LastSequence);
        (await host.StatesAsync()).Should().Contain(PaymentOrderState.Queued, (int)(Orders - fenced.LastSequence));
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

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    public async Task Keeps_its_queue_whatever_epoch_the_command_carries(long epoch)
    {
        var adapter = new ScriptedAdapter { OnSubmit = (unit, _) => Task.FromResult(ScriptedAdapter.Paid(unit)) };
        await using var host = await ProvidersHost.StartAsync(adapter);
        await host.FenceAsync(epoch);
        await host.OrderAsync(5);
        await host.OrderAsync(5, epoch: 3);

        await host.OpenAsync(epoch);

        await host.UntilAllAsync(PaymentOrderState.Settled, 10);
        (await host.LookAsync(db => db.Gates.AsNoTracking().SingleAsync())).Epoch.Should()
            .Be(1, "only a stop ends older orders");
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
}
