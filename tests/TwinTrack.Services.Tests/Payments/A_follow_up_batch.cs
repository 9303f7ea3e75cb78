using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Reconciliation.V1;
using TwinTrack.Kernel;
using TwinTrack.Payments.Consumers;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Jobs;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Jobs;

namespace TwinTrack.Services.Tests.Payments;

public sealed class A_follow_up_batch
{
    private const long Amount = PaymentsHost.AmountMinor;

    [Fact]
    public async Task Pays_what_a_released_batch_left_with_the_next_generation_and_one_claim()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var (first, orders) = await payments.ReleasedAsync(4);
        await EndAsync(payments, orders);

        var (second, again) = await PaidAgainAsync(payments, first, PaymentsHost.Track2, 2);

        again.Select(order => order.ObligationId).Should()
            .BeEquivalentTo([orders[2].ObligationId, orders[3].ObligationId]);
        var story = await payments.StoryAsync(orders[2].ObligationId);
        story.GetProperty("batch").GetProperty("id").GetString().Should().Be(second);
        story.GetProperty("earlierBatches")[0].GetProperty("id").GetString().Should().Be(first);
        story.GetProperty("instructions").EnumerateArray()
            .Select(one => one.GetProperty("generation").GetInt32()).Should().Equal(1, 2);
        (await payments.Host.QueryAsync<PaymentsDb, int>(db => db.Claims.CountAsync())).Should().Be(4);
        (await payments.GetAsync($"/payments/batches/{first}")).GetProperty("followedBy")[0].GetString().Should()
            .Be(second);
    }

    [Fact]
    public async Task Takes_from_a_certified_batch_what_its_certificate_left_unpaid()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var (first, orders) = await payments.ReleasedAsync(4);
        await EndAsync(payments, orders);
        await CertifyAsync(payments, first, 2);

        var (_, again) = await PaidAgainAsync(payments, first, PaymentsHost.Track1, 2);

        again.Should().HaveCount(2);
        var report = await payments.GetAsync($"/payments/batches/{first}/report");
        report.GetProperty("unpaid").EnumerateObject().Should().BeEmpty();
        report.GetProperty("followedUp").GetProperty("count").GetInt64().Should().Be(2);
        report.GetProperty("followedUp").GetProperty("minor").GetInt64().Should().Be(2 * Amount);
    }

    [Fact]
    public async Task Counts_no_money_twice_and_loses_none_at_any_step()
    {
        await using var payments = await PaymentsHost.StartWithBooksAsync();
        var (first, orders) = await payments.ReleasedAsync(4);
        await CommittedIsAsync(payments, 4 * Amount);
        await EndAsync(payments, orders);
        await CommittedIsAsync(payments, 4 * Amount, paid: 2 * Amount);

        var second = await FollowUpAsync(payments, first);
        await RoutedAsync(payments, second, 2, PaymentsHost.Track2);
        await CommittedIsAsync(payments, 2 * Amount, paid: 2 * Amount);

        var again = await ReleasedAsync(payments, second, PaymentsHost.Track2, 2);
        await CommittedIsAsync(payments, 4 * Amount, paid: 2 * Amount);
        await payments.ReportAsync("settled", "A", "COMPLETED", [.. again.Select(order => order.InstructionId)]);
        await CommittedIsAsync(payments, 4 * Amount, paid: 4 * Amount);

        await CertifyAsync(payments, first, 2);
        await CertifyAsync(payments, second, 2);
        await CommittedIsAsync(payments, 4 * Amount, paid: 4 * Amount);
        foreach (var batch in new[] { first, second })
        {
            (await payments.GetAsync($"/payments/batches/{batch}")).GetProperty("state").GetString().Should()
                .Be("Certified");
        }
    }

    [Fact]
    public async Task That_is_cancelled_leaves_its_obligations_to_the_next_one()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var (first, orders) = await payments.ReleasedAsync(4);
        await EndAsync(payments, orders);
        var second = await FollowUpAsync(payments, first);
        await RoutedAsync(payments, second, 2, PaymentsHost.Track2);

        await PaymentsHost.PostAsync(payments.Maker, $"/payments/batches/{second}/cancellation",
            new { reason = "wrong table" });

        var listed = await TestHost.Until(() => payments.GetAsync($"/payments/batches/{first}/follow-up"),
            seen => seen.GetProperty("items").GetArrayLength() == 2);
        listed.GetProperty("takes").GetProperty("rejected").GetProperty("count").GetInt64().Should().Be(1);
        listed.GetProperty("takes").GetProperty("returned").GetProperty("count").GetInt64().Should().Be(1);
        var report = await payments.GetAsync($"/payments/batches/{first}/report");
        report.GetProperty("followedUp").GetProperty("count").GetInt64().Should().Be(0);
        report.GetProperty("unpaid").GetProperty("rejected: AC04").GetProperty("count").GetInt64().Should().Be(1);
        var (_, again) = await PaidAgainAsync(payments, first, PaymentsHost.Track2, 2);
        again.Should().HaveCount(2);
        (await FundAsync(payments)).Committed.Should().Be(4 * Amount, "what is paid, and what is being paid");
    }

    [Fact]
    public async Task Takes_the_remainder_of_a_partial_delivery_by_its_amount()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var (first, orders) = await payments.ReleasedAsync(1);
        await payments.ReportAsync(
            PaymentsHost.Row(orders[0].InstructionId, "settled", "A", "PARTIAL", Amount / 4));

        var (_, again) = await PaidAgainAsync(payments, first, PaymentsHost.Track2, 1);

        again.Single().AmountMinor.Should().Be(Amount / 4 * 3);
        (await FundAsync(payments)).Committed.Should().Be(Amount);
    }

    [Fact]
    public async Task Takes_only_the_named_reasons_and_households()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var (first, orders) = await payments.ReleasedAsync(4);
        await EndAsync(payments, orders);

        (await CreateAsync(payments, new
        {
            cycleId = payments.Cycle.ToString(),
            followsUp = first,
            reasons = new[] { "rejected" },
            households = new[] { orders[3].HouseholdId },
        })).GetProperty("title").GetString().Should().Be("follow_up.nothing");
        var second = (await CreateAsync(payments, new
        {
            cycleId = payments.Cycle.ToString(),
            followsUp = first,
            reasons = new[] { "rejected" },
        })).GetProperty("id").GetString()!;

        var seen = await RoutedAsync(payments, second, 1, PaymentsHost.Track2);
        seen.GetProperty("count").GetInt64().Should().Be(1);
        seen.GetProperty("followsUp").GetString().Should().Be(first);
    }

    [Fact]
    public async Task Is_refused_with_counts_where_nothing_is_to_be_followed_up()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var (first, orders) = await payments.ReleasedAsync(3);
        var ids = orders.ConvertAll(order => order.InstructionId);
        await payments.ReportAsync("settled", "A", "COMPLETED", ids[0]);
        await payments.ReportAsync("in_doubt", "D", "NO_ANSWER", ids[1]);

        var refused = await CreateAsync(payments, new { cycleId = payments.Cycle.ToString(), followsUp = first });

        refused.GetProperty("title").GetString().Should().Be("follow_up.nothing");
        refused.GetProperty("detail").GetString().Should()
            .Be("Nothing of the batch is to be followed up. Not taken: 1 settled, 1 in_doubt, 1 under_way. "
                + "Wait for the providers' answers or statements.");
    }

    [Theory]
    [InlineData("""{"reasons":["late"]}""", "follow_up.unknown_reason")]
    [InlineData("""{"reasons":[]}""", "follow_up.none_named")]
    [InlineData("""{"followsUp":null,"reasons":["rejected"]}""", "follow_up.not_named")]
    [InlineData("""{"followsUp":"bat_0198c7e2b1d47c9a8f3e5a6b7c8d9e10"}""", "batch.unknown")]
    public async Task Is_refused_where_it_cannot_be_meant(string differing, string code)
    {
        await using var payments = await PaymentsHost.StartAsync();
        var (first, _) = await payments.ReleasedAsync(1);
        var body = new Dictionary<string, object?>
        {
            ["cycleId"] = payments.Cycle.ToString(),
            ["followsUp"] = first,
        };
        foreach (var member in JsonDocument.Parse(differing).RootElement.EnumerateObject())
        {
            body[member.Name] = member.Value.ValueKind == JsonValueKind.Null ? null : member.Value;
        }

        (await CreateAsync(payments, body)).GetProperty("title").GetString().Should().Be(code);
    }

    [Fact]
    public async Task Of_a_batch_that_is_not_released_is_refused()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var (batch, _, _) = await payments.PlannedAsync(1);
        await PaymentsHost.PostAsync(payments.Maker, $"/payments/batches/{batch}/cancellation",
            new { reason = "wrong table" });

        (await CreateAsync(payments, new { cycleId = payments.Cycle.ToString(), followsUp = batch }))
            .GetProperty("title").GetString().Should().Be("follow_up.batch_not_released");
    }

    [Fact]
    public async Task Leaves_to_a_released_batch_what_that_batch_plans_again_itself()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var (first, orders) = await payments.ReleasedAsync(2);
        await payments.ReportAsync("withdrawn", "A", "NEVER_SENT", orders[0].InstructionId);
        await payments.ReportAsync("rejected", "A", "AC04", orders[1].InstructionId);

        var listed = await payments.GetAsync($"/payments/batches/{first}/follow-up");

        listed.GetProperty("takes").EnumerateObject().Select(reason => reason.Name).Should().Equal("rejected");
        listed.GetProperty("stays").GetProperty("planned_again").GetInt64().Should().Be(1);
    }

    [Fact]
    public async Task Waits_for_a_channel_and_leaves_as_soon_as_there_is_one()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var (first, orders) = await payments.ReleasedAsync(1);
        await payments.ReportAsync("rejected", "A", "AC04", orders[0].InstructionId);
        var second = await FollowUpAsync(payments, first);
        var hash = (await RoutedAsync(payments, second, 1, null)).GetProperty("contentHash").GetString()!;
        await ApproveAsync(payments, second, hash);

        await A_move_of_track.AskedAgainAsync(payments, 1);
        await payments.RouteAsync(PaymentsHost.Track2);

        (await payments.OrdersAsync(PaymentsHost.Track2, 1)).Single().ObligationId.Should()
            .Be(orders[0].ObligationId);
    }

    [Fact]
    public async Task Is_sealed_when_an_incident_stops_a_payment_before_its_route_has_come()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var (first, orders) = await payments.ReleasedAsync(2);
        await payments.ReportAsync("rejected", "A", "AC04", [.. orders.Select(order => order.InstructionId)]);
        var second = await FollowUpAsync(payments, first);
        await TestHost.Until(() => PlanningWaitsAsync(payments, second), waits => waits);

        await payments.ReportAsync("settled", "A", "COMPLETED", orders[0].InstructionId);
        await payments.RouteAsync(PaymentsHost.Track2);

        (await PlanningWaitsAsync(payments, second)).Should().BeFalse("the last answer wakes it");
        var hash = (await TestHost.Until(() => payments.GetAsync($"/payments/batches/{second}"),
            seen => seen.GetProperty("state").GetString() == "AwaitingApproval")).GetProperty("contentHash")
            .GetString()!;
        await ApproveAsync(payments, second, hash);
        (await payments.OrdersAsync(PaymentsHost.Track2, 1)).Single().ObligationId.Should()
            .Be(orders[1].ObligationId, "the first payment of the other stands");
    }

    [Fact]
    public async Task Leaves_to_a_switch_what_the_switch_plans_again()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var (first, orders) = await payments.ReleasedAsync(1);
        await payments.ReportAsync("rejected", "A", "AC04", orders[0].InstructionId);
        await payments.MoveAsync((await payments.CountAsync(1)).ListHash);
        await TestHost.Until(
            () => payments.Host.QueryAsync<PaymentsDb, bool>(
                db => db.Moves.AnyAsync(move => move.State == MoveState.Active)),
            active => active);

        (await CreateAsync(payments, new { cycleId = payments.Cycle.ToString(), followsUp = first }))
            .GetProperty("title").GetString().Should().Be("follow_up.nothing");
    }

    [Fact]
    public async Task Keeps_what_it_has_taken_from_a_switch_that_starts_later()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var (first, orders) = await payments.ReleasedAsync(1);
        await payments.ReportAsync("rejected", "A", "AC04", orders[0].InstructionId);
        var second = await FollowUpAsync(payments, first);
        await RoutedAsync(payments, second, 1, PaymentsHost.Track1);

        await payments.MoveAsync((await payments.CountAsync(1)).ListHash);
        await payments.CountAsync(2);

        (await payments.Host.QueryAsync<PaymentsDb, int>(db => db.Instructions.CountAsync())).Should()
            .Be(2, "the switch covers released batches, and this one is not released");
    }

    /// <summary>Two settled, one rejected, one paid and returned.</summary>
    /// <summary>Whether the planning has asked for all routes and does nothing for some seconds.</summary>
    private static Task<bool> PlanningWaitsAsync(PaymentsHost payments, string batch) =>
        payments.Host.QueryAsync<PaymentsDb, bool>(db => db.Jobs.AnyAsync(job =>
            job.Kind == PlanBatchJob.Kind && job.Subject == batch && job.State == JobState.Running
            && job.LeaseOwner == null && job.DueAt > TimeProvider.System.GetUtcNow().AddSeconds(5)));

    internal static async Task EndAsync(PaymentsHost payments, List<SubmitRow> orders)
    {
        var ids = orders.Select(order => order.InstructionId).ToArray();
        await payments.ReportAsync("settled", "A", "COMPLETED", ids[0], ids[1], ids[3]);
        await payments.ReportAsync("rejected", "A", "AC04", ids[2]);
        await payments.ReportAsync("returned", "A", "AC03", ids[3]);
    }

    internal static Task<JsonElement> CreateAsync(PaymentsHost payments, object body) =>
        PaymentsHost.PostAsync(payments.Maker, "/payments/batches", body);

    internal static async Task<string> FollowUpAsync(PaymentsHost payments, string batch) =>
        (await CreateAsync(payments, new { cycleId = payments.Cycle.ToString(), followsUp = batch }))
            .GetProperty("id").GetString()!;

    internal static Task CertifyAsync(PaymentsHost payments, string batch, long settled) =>
        payments.Host.HandleAsync<PaymentsDb, BatchCertified, BatchCertifiedHandler>(new BatchCertified(
            batch, new string('c', 64), "salif@government", settled, settled * Amount,
            TimeProvider.System.GetUtcNow()));

    internal static async Task<JsonElement> RoutedAsync(PaymentsHost payments, string batch, int count, string? channel)
    {
        await TestHost.Until(() => payments.GetAsync($"/payments/batches/{batch}"),
            seen => seen.GetProperty("count").GetInt64() == count);
        await payments.RouteAsync(channel);
        return await TestHost.Until(() => payments.GetAsync($"/payments/batches/{batch}"),
            seen => seen.GetProperty("state").GetString() == "AwaitingApproval");
    }

    internal static async Task ApproveAsync(PaymentsHost payments, string batch, string hash)
    {
        foreach (var approver in new[] { "idrissa", "mariama" })
        {
            await PaymentsHost.PostAsync(
                payments.Approver(approver), $"/payments/batches/{batch}/approvals", new { contentHash = hash });
        }

        (await PaymentsHost.PostAsync(
            payments.Finance, $"/payments/batches/{batch}/release", new { contentHash = hash }))
            .GetProperty("state").GetString().Should().Be("Released");
    }

    /// <summary>A follow-up over a channel, approved and released.</summary>
    internal static async Task<(string Batch, List<SubmitRow> Orders)> PaidAgainAsync(
        PaymentsHost payments, string batch, string channel, int count)
    {
        var second = await FollowUpAsync(payments, batch);
        var hash = (await RoutedAsync(payments, second, count, channel)).GetProperty("contentHash").GetString()!;
        await ApproveAsync(payments, second, hash);
        return (second, await OrdersOfAsync(payments, second, count));
    }

    private static async Task<List<SubmitRow>> ReleasedAsync(
        PaymentsHost payments, string batch, string channel, int count)
    {
        var hash = (await payments.GetAsync($"/payments/batches/{batch}")).GetProperty("contentHash").GetString()!;
        await ApproveAsync(payments, batch, hash);
        return await payments.OrdersAsync(channel, count);
    }

    private static Task<List<SubmitRow>> OrdersOfAsync(PaymentsHost payments, string batch, int atLeast) =>
        TestHost.Until(
            async () => (await payments.Host.SentAsync<PaymentsDb, SubmitInstructions>())
                .Where(one => one.BatchId == batch).SelectMany(one => one.Rows).ToList(),
            rows => rows.Count >= atLeast);

    internal static async Task<(long Deposited, long Committed)> FundAsync(PaymentsHost payments) =>
        await payments.Host.QueryAsync<PaymentsDb, (long, long)>(async db =>
        {
            var fund = await db.Funds.SingleAsync();
            return (fund.DepositedMinor, fund.CommittedMinor);
        });

    /// <summary>The fund, its movements and the ledger agree: none is lost, none is counted twice.</summary>
    private static async Task CommittedIsAsync(PaymentsHost payments, long committed, long paid = 0)
    {
        var (deposited, held) = await FundAsync(payments);
        held.Should().Be(committed);
        var moved = await payments.Host.QueryAsync<PaymentsDb, long>(db => db.FundMovements
            .Where(row => row.Kind != "deposited")
            .SumAsync(row => row.Kind == "committed" ? row.AmountMinor : -row.AmountMinor));
        moved.Should().Be(committed);
        await payments.BalancesAsync(balances =>
            Sum(balances, "funds:") == deposited - committed
            && Sum(balances, "disbursed:") == paid
            && Sum(balances, "committed:") + Sum(balances, "in-flight:") == committed - paid);
    }

    private static long Sum(Dictionary<string, long> balances, string prefix) =>
        balances.Where(row => row.Key.StartsWith(prefix, StringComparison.Ordinal)).Sum(row => row.Value);
}
