using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Kernel;
using TwinTrack.Providers.Consumers;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Services.Tests.Providers;

public sealed class A_crash_between_journal_and_answer
{
    private static readonly Abilities CanNothing = new(
        ["mobile", "bank"], ["name", "account"], Recall: false, StatusQuery: false, Bulk: true, SafeToResend: false,
        Callback: false);

    [Fact]
    public async Task Is_answered_by_asking_for_the_same_reference()
    {
        var (data, first) = await CrashAsync();
        var second = new ScriptedAdapter { OnAsk = ScriptedAdapter.Paid };

        await using var host = await ProvidersHost.StartAsync(second, data);

        await host.UntilAllAsync(PaymentOrderState.Settled, 7);
        second.Submitted.Should().BeEmpty("the provider knows it");
        second.Asked.Should().OnlyContain(unit => unit.Reference == first.Reference);
    }

    [Fact]
    public async Task Is_sent_again_under_the_same_references_where_the_provider_refuses_a_second_one()
    {
        var (data, first) = await CrashAsync();
        var second =
            new ScriptedAdapter
            {
                Abilities = CanNothing with { SafeToResend = true },
                OnSubmit = (unit, _) => Task.FromResult(ScriptedAdapter.Paid(unit))
            };

        await using var host = await ProvidersHost.StartAsync(second, data);

        await host.UntilAllAsync(PaymentOrderState.Settled, 7);
        second.Submitted.Should().ContainSingle().Which.Should().BeEquivalentTo(
            first with { Again = true }, "not a letter of it may differ, and it is known as sent again");
        second.Submitted.Single().Orders.Should().Equal(first.Orders);
    }

    [Fact]
    public async Task Is_in_doubt_where_nobody_can_be_asked_and_nothing_sent_again()
    {
        var (data, _) = await CrashAsync();
        var second = new ScriptedAdapter { Abilities = CanNothing };

        await using var host = await ProvidersHost.StartAsync(second, data);

        (await host.UntilReportedAsync("in_doubt", 7)).Should()
            .OnlyContain(row => row.Code == "INTERRUPTED" && row.Grade == "D");
        second.Submitted.Should().BeEmpty();
    }

    [Fact]
    public async Task Sends_nothing_again_through_a_closed_gate()
    {
        var (data, _) = await CrashAsync(host => host.FenceAsync(2));
        var second = new ScriptedAdapter { Abilities = CanNothing with { SafeToResend = true } };

        await using var host = await ProvidersHost.StartAsync(second, data);

        await host.UntilReportedAsync("in_doubt", 7);
        second.Submitted.Should().BeEmpty();
    }

    [Fact]
    public async Task Sends_no_unit_again_that_contains_an_order_of_a_stopped_scope()
    {
        var (data, _) = await CrashAsync(host => host.StopAsync(2, ["NE002"], recall: false));
        var second = new ScriptedAdapter { Abilities = CanNothing with { SafeToResend = true } };

        await using var host = await ProvidersHost.StartAsync(second, data);

        await host.UntilReportedAsync("in_doubt", 7);
        second.Submitted.Should().BeEmpty("a stop has come between");
    }

    [Fact]
    public async Task Sends_no_unit_again_of_which_an_order_is_to_come_back()
    {
        var (data, _) = await CrashAsync(async host =>
        {
            var held = await host.LookAsync(db => db.PaymentOrders.AsNoTracking().FirstAsync());
            await host.TellAsync<HoldInstruction, HoldInstructionHandler>(
                new HoldInstruction(held.InstructionId.Text, "inc_1"));
            await TestHost.Until(
                () => host.LookAsync(db => db.PaymentOrders.CountAsync(row => row.RecallRequestedAt != null)),
                asked => asked == 1);
        });
        var second = new ScriptedAdapter { Abilities = CanNothing with { SafeToResend = true } };

        await using var host = await ProvidersHost.StartAsync(second, data);

        await host.UntilReportedAsync("in_doubt", 7);
        second.Submitted.Should().BeEmpty("one of its orders is recalled");
    }

    /// <summary>Seven orders are journaled and the process ends while the provider is being called.</summary>
    private static async Task<(string Data, Unit Unit)> CrashAsync(
        Func<ProvidersHost, Task>? meanwhile = null)
    {
        var called = new TaskCompletionSource();
        var adapter = new ScriptedAdapter
        {
            OnSubmit = async (_, cancel) =>
            {
                called.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
                return Reading.Nothing;
            },
        };
        await using var host = await ProvidersHost.StartAsync(adapter);
        await host.FenceAsync(1);
        await host.OrderAsync(7);
        await host.OpenAsync(1);
        await called.Task.WaitAsync(TimeSpan.FromSeconds(90));
        if (meanwhile is not null)
        {
            await meanwhile(host);
        }

        return (host.Data, adapter.Submitted.Single());
    }
}
