using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Payments.Consumers;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Jobs;
using TwinTrack.Payments.Persistence;

namespace TwinTrack.Services.Tests.Payments;

public sealed class What_waits_for_a_channel
{
    /// <summary>Time alone asks again after a minute.</summary>
    private static readonly TimeSpan WellBeforeTimeAsks = TimeSpan.FromSeconds(40);

    [Fact]
    public async Task Since_before_the_release_leaves_as_soon_as_there_is_one()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var batch = await ReleasedWithoutChannelAsync(payments, 3);
        await AskedAsync(payments, times: 1);

        await payments.RouteAsync(PaymentsHost.Track2);

        var orders = await payments.OrdersAsync(PaymentsHost.Track2, 3);
        orders.Select(order => order.ObligationId).Should().HaveCount(3).And.OnlyHaveUniqueItems();
        var story = await payments.StoryAsync(orders[0].ObligationId);
        story.GetProperty("status").GetString().Should().Be("Released");
        story.GetProperty("unpaidReason").GetString().Should().BeNull();
        (await payments.GetAsync($"/payments/batches/{batch}")).GetProperty("state").GetString().Should()
            .Be("Released");
    }

    [Theory]
    [InlineData(null)]
    [InlineData(PaymentsHost.Programme)]
    public async Task Is_asked_for_at_once_when_the_routes_change(string? programme)
    {
        await using var payments = await PaymentsHost.StartAsync();
        var batch = await ReleasedWithoutChannelAsync(payments, 1);
        var asked = await RestedAsync(payments, batch);

        var since = Stopwatch.StartNew();
        await ChangeRoutesAsync(payments, programme);
        await AskedAsync(payments, asked + 1);

        since.Elapsed.Should().BeLessThan(WellBeforeTimeAsks);
        await payments.RouteAsync(PaymentsHost.Track1);
        (await payments.OrdersAsync(PaymentsHost.Track1, 1)).Should().ContainSingle();
    }

    [Fact]
    public async Task Is_left_alone_when_the_routes_of_another_programme_change()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var batch = await ReleasedWithoutChannelAsync(payments, 1);
        await RestedAsync(payments, batch);
        var wakes = (await JobAsync(payments, batch)).Wakes;

        await ChangeRoutesAsync(payments, "another");

        (await JobAsync(payments, batch)).Wakes.Should().Be(wakes);
    }

    [Fact]
    public async Task Is_what_a_switch_that_leaves_no_channel_counts_and_moves()
    {
        await using var payments = await PaymentsHost.StartAsync();
        await ReleasedWithoutChannelAsync(payments, 2);

        var before = await CountAsync(payments, 1);
        before.Rows.Should().ContainSingle().Which.Should().Match<DispositionRow>(
            row => row.State == "withdrawn" && row.Channel == "" && row.Count == 2);
        await payments.Host.HandleAsync<PaymentsDb, StartMove, StartMoveHandler>(new StartMove(
            payments.Switch.ToString(), payments.Cycle.ToString(), PaymentsHost.Programme, ["NE001"], [],
            before.ListHash, "government+partner"));
        await AskedAsync(payments, times: 1);
        await payments.RouteAsync(PaymentsHost.Track2, payments.Switch);

        (await payments.OrdersAsync(PaymentsHost.Track2, 2)).Should().HaveCount(2);
        var after = await CountAsync(payments, 2);
        after.ListHash.Should().Be(before.ListHash, "the switch's own attempts stay in its scope");
        after.Rows.Should().ContainSingle().Which.Should().Match<DispositionRow>(
            row => row.MadeBySwitch && row.Channel == PaymentsHost.Track2);
    }

    private static async Task<DispositionsCounted> CountAsync(PaymentsHost payments, long number)
    {
        await payments.Host.HandleAsync<PaymentsDb, CountDispositions, CountDispositionsHandler>(new CountDispositions(
            payments.Switch.ToString(), number, payments.Cycle.ToString(), PaymentsHost.Programme, ["NE001"], []));
        return (await TestHost.Until(() => payments.Host.SentAsync<PaymentsDb, DispositionsCounted>(),
            sent => sent.Exists(one => one.QuestionNumber == number))).Find(one => one.QuestionNumber == number)!;
    }

    private static Task ChangeRoutesAsync(PaymentsHost payments, string? programme) =>
        payments.Host.HandleAsync<PaymentsDb, RoutesChanged, RoutesChangedHandler>(new RoutesChanged(programme));

    private static async Task<string> ReleasedWithoutChannelAsync(PaymentsHost payments, int count)
    {
        var (batch, hash, _) = await payments.PlannedAsync(count, channel: null);
        await payments.FundAsync(count * PaymentsHost.AmountMinor);
        foreach (var approver in new[] { "idrissa", "mariama" })
        {
            await PaymentsHost.PostAsync(
                payments.Approver(approver), $"/payments/batches/{batch}/approvals", new { contentHash = hash });
        }

        await PaymentsHost.PostAsync(
            payments.Finance, $"/payments/batches/{batch}/release", new { contentHash = hash });
        return batch;
    }

    /// <summary>Nothing is due by time any more, as after an hour without a channel.</summary>
    /// <returns>How often it was asked for.</returns>
    private static async Task<int> RestedAsync(PaymentsHost payments, string batch)
    {
        await AskedAsync(payments, times: 1);
        await payments.RouteAsync(null);
        // The job's last pass ends here, and the next one by time is a minute away.
        await TestHost.Until(
            async () =>
            {
                await payments.Host.QueryAsync<PaymentsDb, int>(db => db.Jobs
                    .Where(job => job.Kind == PlanFurtherAttemptsJob.Kind && job.LeaseOwner == null)
                    .ExecuteUpdateAsync(set => set.SetProperty(job => job.Cursor, """{"Repeats":10}""")
                        .SetProperty(job => job.DueAt, TimeProvider.System.GetUtcNow().AddMinutes(1))));
                await payments.RouteAsync(null);
                return await JobAsync(payments, batch);
            },
            job => job is { LeaseOwner: null, Cursor: """{"Repeats":10}""" });
        await payments.Host.QueryAsync<PaymentsDb, int>(db => db.Instructions
            .Where(plan => plan.State == InstructionState.Planned)
            .ExecuteUpdateAsync(set => set.SetProperty(plan => plan.ChangedAt, TimeProvider.System.GetUtcNow())));
        return (await QuestionsAsync(payments)).Count;
    }

    private static Task<Platform.Jobs.Job> JobAsync(PaymentsHost payments, string batch) =>
        payments.Host.QueryAsync<PaymentsDb, Platform.Jobs.Job>(db => db.Jobs.AsNoTracking()
            .SingleAsync(job => job.Kind == PlanFurtherAttemptsJob.Kind && job.Subject == batch));

    private static Task AskedAsync(PaymentsHost payments, int times) =>
        TestHost.Until(() => QuestionsAsync(payments), asked => asked.Count >= times);

    private static async Task<List<RouteInstructions>> QuestionsAsync(PaymentsHost payments) =>
        (await payments.Host.SentAsync<PaymentsDb, RouteInstructions>())
            .FindAll(one => one.RequestId.StartsWith("again:", StringComparison.Ordinal));
}
