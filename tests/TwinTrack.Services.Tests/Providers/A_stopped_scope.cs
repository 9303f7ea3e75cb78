using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Providers.V1;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Kernel;
using TwinTrack.Providers.Consumers;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Persistence;
using TwinTrack.Services.Tests.Postgres;

namespace TwinTrack.Services.Tests.Providers;

/// <summary>A switch stops one area of one programme on a channel that other areas and programmes share.</summary>
[Collection(PostgresTests.Name)]
public sealed class A_stopped_scope(PostgresServer postgres)
{
    private const string Stopped = "NE002";
    private static int _databases;

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Lets_nothing_of_it_leave_after_the_proof_and_all_else_leaves(string engine)
    {
        const int Orders = 200;
        var adapter = Slow();
        await using var host = await StartAsync(engine, adapter, "10");
        var (own, others) = (await host.OrderAsync(Orders), await host.OrderAsync(Orders, programme: "other"));
        await TestHost.Until(() => Task.FromResult(adapter.Submitted.Count), count => count > 3);

        await host.StopAsync(2, Stopped);

        var proof = (await host.SentAsync<ScopeStopped>())[0];
        (proof.SwitchId, proof.Channel, proof.Epoch).Should().Be(("swi_1", ProvidersHost.Channel, 2));
        proof.Withdrawn.Should().BeNull("the proof does not wait for the withdrawal");
        var late = await host.OrderAsync(20);
        var later = await host.OrderAsync(20, epoch: 2);
        var covered = own.Concat(late).Where(row => row.Area == Stopped).Select(IdOf).ToHashSet();
        await UntilRestAsync(host);

        var lines = await host.LookAsync(db => db.Journal.AsNoTracking().ToListAsync());
        lines.Should().NotContain(
            line => line.Sequence > proof.LastSequence && covered.Contains(line.InstructionId),
            "the sequence is the proof");
        var left = lines.Select(line => line.InstructionId).ToHashSet();
        var (withdrawn, sent) = await EndsAsync(host);
        left.Should().BeEquivalentTo(sent);
        withdrawn.Should().BeEquivalentTo(covered.Except(left), "what is covered leaves or is withdrawn, never both");
        own.Concat(late).Where(row => row.Area != Stopped).Concat(others).Concat(later).Select(IdOf).Should()
            .BeSubsetOf(left, "other areas, other programmes and later routes keep leaving");
        (await host.UntilCompleteAsync()).Withdrawn.Should()
            .Be(withdrawn.Count - late.Count(row => row.Area == Stopped), "late orders are ended on arrival");
        (await host.LookAsync(db => db.Gates.AsNoTracking().SingleAsync())).Should()
            .Match<Gate>(gate => gate.Open && gate.Epoch == 1);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Is_the_same_for_the_rule_and_for_the_database(string engine)
    {
        await using var host = await StartAsync(engine, new ScriptedAdapter());
        await host.FenceAsync(1);
        foreach (var epoch in new[] { 1, 2, 3 })
        {
            await host.OrderAsync(4, epoch);
            await host.OrderAsync(4, epoch, programme: "other");
        }

        ScopeStop[] stops = [new(2, "cash", []), new(3, "cash", [Stopped]), new(3, "other", ["NE001", "NE009"]),
            new(1, "cash", []), new(4, "another", [])];
        foreach (var some in stops.Select(stop => new[] { stop }).Append(stops).Append([]))
        {
            var all = await host.LookAsync(db => db.Queue.AsNoTracking().ToListAsync());
            var free = await host.LookAsync(db => db.Queue.AsNoTracking().NotCoveredBy(some).ToListAsync());
            free.Select(row => row.InstructionId).Should().BeEquivalentTo(
                all.Where(row => !StopRule.CoversAny(some, new(row.Epoch, row.Programme, row.Area)))
                    .Select(row => row.InstructionId));
            foreach (var stop in some)
            {
                var covered = await host.LookAsync(db => db.Queue.AsNoTracking().CoveredBy(stop).ToListAsync());
                covered.Select(row => row.InstructionId).Should().BeEquivalentTo(
                    all.Where(row => StopRule.Covers(stop, new(row.Epoch, row.Programme, row.Area)))
                        .Select(row => row.InstructionId));
            }
        }
    }

    [Fact]
    public async Task Is_withdrawn_although_the_gate_is_closed_and_the_rest_waits_there()
    {
        var adapter = new ScriptedAdapter();
        await using var host = await ProvidersHost.StartAsync(adapter);
        await host.FenceAsync(1);
        await host.OrderAsync(10);

        await host.StopAsync(2, Stopped);

        (await host.UntilCompleteAsync()).Should().Match<ScopeStopped>(
            answer => answer.LastSequence == 0 && answer.Withdrawn == 5 && answer.RecallsAsked == 0);
        (await host.StatesAsync()).Should().Equal(new Dictionary<PaymentOrderState, int>
        { [PaymentOrderState.Queued] = 5, [PaymentOrderState.Withdrawn] = 5 });
        (await host.WithdrawnForAsync()).Should().Equal("swi_1");
        await host.OpenAsync(2);
        await host.UntilSubmittedAsync(5);
        adapter.Submitted.SelectMany(unit => unit.Orders).Should().HaveCount(5, "a pause keeps the queue");
    }

    [Fact]
    public async Task For_a_suspension_is_withdrawn_for_no_switch_and_asks_nothing_back()
    {
        var adapter = new ScriptedAdapter();
        await using var host = await ProvidersHost.StartAsync(adapter);
        await host.OrderAsync(4);
        await host.UntilSubmittedAsync(4);
        await host.FenceAsync(1);
        await host.OrderAsync(10);
        var suspension = SuspensionId.New(TimeProvider.System).ToString();

        await host.StopAsync(2, [Stopped], suspension, recall: false);

        (await host.UntilCompleteAsync()).Should().Match<ScopeStopped>(answer => answer.SwitchId == suspension
            && answer.Withdrawn == 5 && answer.RecallsAsked == 0 && answer.NotRecallable == 2);
        (await host.StatesAsync()).Should().Contain(PaymentOrderState.Withdrawn, 5);
        (await host.WithdrawnForAsync()).Should().BeEmpty("no move follows, so Payments plans them again at once");
        adapter.Recalled.Should().BeEmpty();
    }

    [Fact]
    public async Task Takes_back_nothing_of_another_programme_or_of_a_later_route()
    {
        var adapter = new ScriptedAdapter();
        await using var host = await ProvidersHost.StartAsync(adapter);
        await host.OrderAsync(2);
        await host.OrderAsync(2, epoch: 2, programme: "another");
        await host.UntilSubmittedAsync(4);
        await host.FenceAsync(1);
        await host.OrderAsync(3);
        await host.OrderAsync(3, epoch: 2, programme: "another");

        await host.StopAsync(2, [], programme: "another");

        (await host.UntilCompleteAsync()).Should().Match<ScopeStopped>(
            answer => answer.Withdrawn == 0 && answer.RecallsAsked == 0 && answer.NotRecallable == 0);
        adapter.Recalled.Should().BeEmpty();
        (await host.StatesAsync()).Should().Contain(PaymentOrderState.Queued, 6)
            .And.Contain(PaymentOrderState.Sent, 4);
    }

    [Fact]
    public async Task Bars_what_it_covers_although_nobody_has_withdrawn_it_yet()
    {
        var adapter = new ScriptedAdapter();
        await using var host = await ProvidersHost.StartAsync(adapter);
        await host.FenceAsync(1);
        await host.OrderAsync(10);
        await host.LookAsync(async db =>
        {
            db.Stops.Add(new StoredStop
            {
                Channel = ProvidersHost.Channel,
                Epoch = 2,
                SwitchId = "swi_1",
                Programme = "cash",
                Areas = $"[\"{Stopped}\"]",
                LastSequence = 0,
                At = TimeProvider.System.GetUtcNow(),
            });
            return await db.SaveChangesAsync();
        });

        await host.OpenAsync(1);

        await host.UntilSubmittedAsync(5);
        await host.UntilLookedAtAsync();
        (await host.LookAsync(db => db.Queue.AsNoTracking().ToListAsync())).Should().HaveCount(5)
            .And.OnlyContain(row => row.Area == Stopped);
    }

    [Fact]
    public async Task Asks_nothing_back_that_was_routed_after_it()
    {
        var adapter = new ScriptedAdapter();
        await using var host = await ProvidersHost.StartAsync(adapter);
        await host.OrderAsync(4, epoch: 2);
        await host.UntilSubmittedAsync(4);

        await host.StopAsync(2);

        (await host.UntilCompleteAsync()).RecallsAsked.Should().Be(0);
        adapter.Recalled.Should().BeEmpty();
    }

    [Fact]
    public async Task Is_asked_back_where_it_was_sent_and_is_not_final()
    {
        var adapter = new ScriptedAdapter
        {
            OnRecall = orders => new Reading([], [.. orders.Skip(1).Select(
                order => new Answer(order.Reference, new Verdict(Outcome.Recalled, Grade.A, "CNCL")))]),
            OnSubmit = (unit, _) => Task.FromResult(new Reading([],
                [new Answer(unit.Orders[0].Reference, new Verdict(Outcome.Settled, Grade.A, "ACCC"))])),
        };
        await using var host = await ProvidersHost.StartAsync(adapter);
        await host.OrderAsync(10);
        await host.UntilReportedAsync("settled", 1);

        await host.StopAsync(2, Stopped);

        (await host.UntilCompleteAsync()).Should().Match<ScopeStopped>(
            answer => answer.LastSequence == 10 && answer.Withdrawn == 0 && answer.RecallsAsked == 5
                && answer.NotRecallable == 0);
        adapter.Recalled.Should().HaveCount(5);
        (await host.UntilReportedAsync("recalled", 4)).Should()
            .OnlyContain(row => row.Grade == "A" && row.Sequence != null);
        (await host.LookAsync(db => db.Recalls.CountAsync())).Should().Be(5);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Is_only_counted_where_nothing_is_asked_back(bool recall, bool providerCan)
    {
        var adapter = new ScriptedAdapter
        {
            Abilities = new(["mobile", "bank"], ["name", "account"], Recall: providerCan, StatusQuery: true,
                Bulk: true, SafeToResend: true, Callback: false)
        };
        await using var host = await ProvidersHost.StartAsync(adapter);
        await host.OrderAsync(6);
        await host.UntilReportedAsync("sent", 6);

        await host.StopAsync(2, [Stopped], recall: recall);

        (await host.UntilCompleteAsync()).Should().Match<ScopeStopped>(
            answer => answer.RecallsAsked == 0 && answer.NotRecallable == 3);
        adapter.Recalled.Should().BeEmpty();
    }

    [Fact]
    public async Task Is_stopped_once_however_often_the_message_comes_and_each_is_answered()
    {
        await using var host = await ProvidersHost.StartAsync(new ScriptedAdapter());
        await host.FenceAsync(1);
        await host.OrderAsync(4);
        await host.StopAsync(2);
        var complete = await host.UntilCompleteAsync();

        await host.StopAsync(2);
        await host.OrderAsync(4, epoch: 2);
        await host.StopAsync(2);

        (await host.SentAsync<ScopeStopped>()).TakeLast(2).Should().Equal(complete, complete);
        (await host.LookAsync(db => db.Stops.CountAsync())).Should().Be(1);
        (await host.StatesAsync()).Should().Contain(PaymentOrderState.Queued, 4, "they are newer than the stop");
    }

    [Fact]
    public async Task Does_not_bar_the_way_back_nor_wait_for_another_stop()
    {
        var adapter = new ScriptedAdapter { OnSubmit = (unit, _) => Task.FromResult(ScriptedAdapter.Paid(unit)) };
        await using var host = await ProvidersHost.StartAsync(adapter);
        await host.FenceAsync(1);
        await host.OrderAsync(4);
        await host.OrderAsync(4, programme: "other");

        await host.StopAsync(2, [Stopped], "swi_1");
        await host.StopAsync(3, ["NE001"], "swi_2");
        await host.StopAsync(4, [], "swi_3", "other");
        await host.OrderAsync(4, epoch: 4);
        await host.OpenAsync(4);

        var ended = await TestHost.Until(
            async () => (await host.SentAsync<ScopeStopped>()).FindAll(answer => answer.RecallsAsked is not null),
            sent => sent.Count == 3);
        ended.OrderBy(answer => answer.Epoch).Select(answer => (answer.SwitchId, answer.Withdrawn)).Should()
            .Equal(("swi_1", 2), ("swi_2", 2), ("swi_3", 4));
        await TestHost.Until(host.StatesAsync, states => states.GetValueOrDefault(PaymentOrderState.Settled) == 4
            && states.GetValueOrDefault(PaymentOrderState.Withdrawn) == 8);
    }

    [Fact]
    public async Task Is_stopped_before_the_channel_is_registered_and_the_rest_leaves_after()
    {
        var adapter = new ScriptedAdapter();
        await using var host = await ProvidersHost.StartUnregisteredAsync(adapter);

        await host.StopAsync(2, Stopped);
        await host.OrderAsync(4);
        await host.RegisterAsync(epoch: 2);

        (await host.SentAsync<ScopeStopped>())[0].LastSequence.Should().Be(0);
        await host.UntilSubmittedAsync(2);
        (await host.StatesAsync()).Should().Contain(PaymentOrderState.Withdrawn, 2);
        adapter.Submitted.SelectMany(unit => unit.Orders).Should().HaveCount(2);
    }

    /// <summary>
    /// Two orders of epoch 1 in the stopped area, two outside, and one each of epoch 2. Whatever the order of arrival,
    /// only the two covered ones stay.
    /// </summary>
    [Theory]
    [MemberData(nameof(Arrivals))]
    public async Task Is_stopped_in_whatever_order_the_messages_arrive(string order)
    {
        var adapter = new ScriptedAdapter { OnSubmit = (unit, _) => Task.FromResult(ScriptedAdapter.Paid(unit)) };
        await using var host = await ProvidersHost.StartAsync(adapter);
        // Nothing leaves before all messages have come, so that each order of arrival is judged.
        await host.FenceAsync(1, 1_000_000);
        foreach (var message in order.Split(' '))
        {
            await (message switch
            {
                "stop" => host.StopAsync(2, Stopped),
                "old" => host.OrderAsync(4),
                "new" => host.OrderAsync(2, epoch: 2),
                "open" => host.OpenAsync(1, 1_000_001),
                "close" => host.FenceAsync(2, 1_000_002),
                _ => throw new ArgumentOutOfRangeException(nameof(order), order, "No such message."),
            });
        }

        await host.StopAsync(2, Stopped);
        await host.UntilCompleteAsync();
        await host.OpenAsync(2, 1_000_003);

        await TestHost.Until(host.StatesAsync, states => states.Values.Sum() == 6
            && !states.ContainsKey(PaymentOrderState.Queued) && !states.ContainsKey(PaymentOrderState.Sent));
        var states = await host.StatesAsync();
        var proof = (await host.SentAsync<ScopeStopped>())[0].LastSequence;
        var late = await host.LookAsync(db => db.Journal.AsNoTracking().Where(line => line.Sequence > proof)
            .Join(db.PaymentOrders, line => line.InstructionId, row => row.InstructionId, (_, row) => row)
            .CountAsync(row => row.Epoch == 1 && row.Area == Stopped));
        late.Should().Be(0);
        (states.GetValueOrDefault(PaymentOrderState.Settled) + states.GetValueOrDefault(PaymentOrderState.Withdrawn))
            .Should().Be(6);
        states.GetValueOrDefault(PaymentOrderState.Settled).Should().BeGreaterThanOrEqualTo(4);
    }

    public static TheoryData<string> Arrivals() =>
    [
        "stop old new open close", "old stop new open close", "old new stop close open", "new stop open old close",
        "close stop old new open", "close open stop old new", "open old new close stop", "new open close old stop",
        "stop open close new old", "stop close open new old",
    ];

    [Fact]
    public async Task Is_withdrawn_by_the_next_process_when_this_one_dies_after_the_proof()
    {
        string data;
        await using (var first = await ProvidersHost.StartAsync(new ScriptedAdapter()))
        {
            await first.FenceAsync(1);
            await first.OrderAsync(10);
            data = first.Data;
            // Its last deed: the stop is committed, and nobody is there for the job.
            await first.HaltJobsAsync();
            await first.StopAsync(2, Stopped);
            (await first.StatesAsync()).Should().Contain(PaymentOrderState.Queued, 10);
        }

        var adapter = new ScriptedAdapter();
        await using var second = await ProvidersHost.StartAsync(adapter, data);
        await second.OpenAsync(1);

        (await second.UntilCompleteAsync()).Withdrawn.Should().Be(5);
        await second.UntilSubmittedAsync(5);
        (await second.StatesAsync()).Should().Equal(new Dictionary<PaymentOrderState, int>
        { [PaymentOrderState.Sent] = 5, [PaymentOrderState.Withdrawn] = 5 });
    }

    private async Task<ProvidersHost> StartAsync(string engine, ScriptedAdapter adapter, string unitMax = "100") =>
        await ProvidersHost.StartAsync(adapter, settings: new() { ["unitMax"] = unitMax }, configuration:
            engine == "sqlite" ? [] : ["--ConnectionStrings:providers",
                await postgres.NewDatabaseAsync(Invariant($"a_stop_{Interlocked.Increment(ref _databases)}"))]);

    private static ScriptedAdapter Slow() => new()
    {
        OnSubmit = async (unit, cancel) =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancel);
            return ScriptedAdapter.Paid(unit);
        },
        OnRecall = _ => Reading.Nothing,
    };

    private static InstructionId IdOf(SubmitRow row) => TypedId.Parse<InstructionId>(row.InstructionId);

    private static Task UntilRestAsync(ProvidersHost host) => TestHost.Until(host.StatesAsync, states =>
        states.Keys.All(state => state is PaymentOrderState.Settled or PaymentOrderState.Withdrawn));

    private static async Task<(List<InstructionId> Withdrawn, List<InstructionId> Sent)> EndsAsync(ProvidersHost host)
    {
        var rows = await host.LookAsync(db => db.PaymentOrders.AsNoTracking().ToListAsync());
        return ([.. rows.Where(row => row.State == PaymentOrderState.Withdrawn).Select(row => row.InstructionId)],
            [.. rows.Where(row => row.State == PaymentOrderState.Settled).Select(row => row.InstructionId)]);
    }
}
