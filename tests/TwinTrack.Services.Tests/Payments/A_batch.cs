using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Reconciliation.V1;
using TwinTrack.Contracts.Routing.V1;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Payments.Consumers;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Persistence;

namespace TwinTrack.Services.Tests.Payments;

public sealed class A_batch
{
    [Fact]
    public async Task Goes_from_plan_to_certificate_with_one_claim_an_obligation()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var (batch, orders) = await payments.ReleasedAsync(4);

        orders.Select(order => order.ObligationId).Should().OnlyHaveUniqueItems();
        (await Claims(payments)).Should().Be(4);
        var ids = orders.Select(order => order.InstructionId).ToArray();
        await payments.ReportAsync("sent", "A", "SENT", ids);
        await payments.ReportAsync("settled", "A", "COMPLETED", ids[..3]);
        await payments.ReportAsync("rejected", "A", "AC04", ids[3]);
        (await Claims(payments)).Should().Be(
            3, "what was rejected gives its claim back, what was paid keeps it for ever");

        var report = await payments.GetAsync($"/payments/batches/{batch}/report");
        report.GetProperty("settled")[0].GetProperty("count").GetInt64().Should().Be(3);
        report.GetProperty("unpaid").GetProperty("rejected: AC04").GetProperty("count").GetInt64().Should().Be(1);
        var moved = (await payments.Host.SentAsync<PaymentsDb, InstructionStatesChanged>()).SelectMany(one => one.Rows)
            .ToList();
        moved.Where(row => row.InstructionId == ids[0]).Select(row => (row.Version, row.From, row.To)).Should()
            .Equal((1, "planned", "released"), (2, "released", "sent"), (3, "sent", "settled"));

        await CertifyAsync(payments, batch, settled: 3);
        (await payments.Host.SentAsync<PaymentsDb, BatchClosed>()).Should()
            .ContainSingle().Which.CertificateHash.Should().Be(new string('c', 64));
        (await payments.GetAsync($"/payments/batches/{batch}")).GetProperty("state").GetString().Should()
            .Be("Certified");
        (await payments.Host.SentAsync<PaymentsDb, FundMovementRecorded>()).Select(one => (one.Kind, one.AmountMinor))
            .Should()
            .Equal(("deposited", 4 * PaymentsHost.AmountMinor), ("committed", 4 * PaymentsHost.AmountMinor),
                ("decommitted", PaymentsHost.AmountMinor));
    }

    [Fact]
    public async Task Is_not_closed_while_anything_of_it_waits_and_its_funds_stay_committed()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var (batch, orders) = await payments.ReleasedAsync(3);
        var ids = orders.Select(order => order.InstructionId).ToArray();
        await payments.ReportAsync("sent", "A", "SENT", ids);
        await payments.ReportAsync("settled", "A", "COMPLETED", ids[0]);
        await payments.ReportAsync("in_doubt", "D", "TIMEOUT", ids[1]);

        await CertifyAsync(payments, batch, settled: 1);
        await payments.ReportAsync("rejected", "A", "AC04", ids[1..]);
        await CertifyAsync(payments, batch, settled: 2);

        (await payments.Host.SentAsync<PaymentsDb, BatchNotClosed>()).Select(one => one.Reason).Should().Equal(
            "The batch has not come to rest: 1 in flight, 1 in doubt. Wait until this is done.",
            "The batch has not come to rest: the ledger has 2 settled with "
                + $"{2 * PaymentsHost.AmountMinor}, the instructions 1 with {PaymentsHost.AmountMinor}. "
                + "Wait until this is done.");
        (await payments.GetAsync($"/payments/batches/{batch}")).GetProperty("state").GetString().Should()
            .Be("Released");
        (await payments.Host.SentAsync<PaymentsDb, FundMovementRecorded>()).Select(one => one.Kind).Should()
            .NotContain("decommitted");

        await CertifyAsync(payments, batch, settled: 1);
        await CertifyAsync(payments, batch, settled: 1);
        (await payments.Host.SentAsync<PaymentsDb, BatchClosed>()).Should()
            .HaveCount(2, "a repeated order has a repeated answer");
        (await payments.Host.SentAsync<PaymentsDb, FundMovementRecorded>()).Count(one => one.Kind == "decommitted")
            .Should()
            .Be(1, "and no second effect");
    }

    [Fact]
    public async Task Is_not_closed_while_a_move_of_its_cycle_is_still_checked()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var (batch, orders) = await payments.ReleasedAsync(1);
        await payments.ReportAsync("settled", "A", "COMPLETED", orders[0].InstructionId);
        await payments.Host.QueryAsync<PaymentsDb, int>(db =>
        {
            db.Moves.Add(new Move
            {
                Id = payments.Switch,
                State = MoveState.Checking,
                CycleId = payments.Cycle,
                Programme = PaymentsHost.Programme,
                Areas = "[]",
                Channels = "[]",
                ListHash = "",
                Decision = "government+partner",
            });
            return db.SaveChangesAsync();
        });

        await CertifyAsync(payments, batch, settled: 1);

        (await payments.Host.SentAsync<PaymentsDb, BatchClosed>()).Should().BeEmpty();
        (await payments.Host.SentAsync<PaymentsDb, BatchNotClosed>()).Should().ContainSingle();
    }

    [Fact]
    public async Task Counts_an_answer_of_routing_once_however_often_it_comes()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var rows = payments.Entitlements(2);
        await payments.SendChunkAsync(0, rows);
        await payments.CloseAsync(1, rows);
        await payments.CycleInStateAsync("Ready");
        var batch = (await PaymentsHost.PostAsync(
            payments.Maker, "/payments/batches", new { cycleId = payments.Cycle.ToString() })).GetProperty("id")
            .GetString()!;
        await TestHost.Until(() => payments.GetAsync($"/payments/batches/{batch}"),
            seen => seen.GetProperty("count").GetInt64() == 2);
        var asked = (await payments.Host.SentAsync<PaymentsDb, RouteInstructions>()).Should().ContainSingle().Subject;
        var answer = new InstructionsRouted(asked.RequestId, asked.Chunk, 1,
            [new RoutedRow(asked.Rows[0].InstructionId, PaymentsHost.Track1, 1, 1, "row 1", null)]);

        await payments.Host.HandleAsync<PaymentsDb, InstructionsRouted, InstructionsRoutedHandler>(answer);
        await payments.Host.HandleAsync<PaymentsDb, InstructionsRouted, InstructionsRoutedHandler>(answer);

        (await payments.Host.QueryAsync<PaymentsDb, long>(db => db.Batches.Select(row => row.Routed).SingleAsync()))
            .Should().Be(1, "the batch is complete when each of its payments has an answer");
        await payments.RouteAsync(PaymentsHost.Track1);
        await TestHost.Until(() => payments.GetAsync($"/payments/batches/{batch}"),
            seen => seen.GetProperty("state").GetString() == "AwaitingApproval");
    }

    [Fact]
    public async Task Is_approved_by_two_others_and_released_by_a_third_and_never_without_funds()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var (batch, hash, _) = await payments.PlannedAsync(3);
        var approvals = $"/payments/batches/{batch}/approvals";
        var release = $"/payments/batches/{batch}/release";
        using var both = payments.Host.As("idrissa", "government", "approver", "finance");
        using var maker = payments.Host.As("amina", "government", "approver", "finance");

        await Refused(maker, approvals, hash, "approval.own_batch");
        await Refused(both, approvals, new string('0', 64), "approval.hash_differs");
        await Refused(payments.Finance, release, hash, "release.not_approved");
        (await PaymentsHost.PostAsync(both, approvals, new { contentHash = hash })).GetProperty("step").GetInt32()
            .Should().Be(1);
        await Refused(both, approvals, hash, "approval.twice");
        (await PaymentsHost.PostAsync(payments.Approver("mariama"), approvals, new { contentHash = hash })).GetProperty(
            "state").GetString().Should().Be("Approved");
        await Refused(both, release, hash, "release.approver");
        await Refused(maker, release, hash, "release.maker");
        await Refused(payments.Finance, release, hash, "funds.insufficient");
        await payments.FundAsync(3 * PaymentsHost.AmountMinor);
        (await PaymentsHost.PostAsync(payments.Finance, release, new { contentHash = hash })).GetProperty("state")
            .GetString().Should().Be("Released");
        await Refused(payments.Finance, release, hash, "release.not_approved");
    }

    [Fact]
    public async Task Is_not_paid_from_a_deposit_that_another_batch_has_committed()
    {
        await using var payments = await PaymentsHost.StartAsync();
        await payments.ReleasedAsync(2);
        payments.Cycle = CycleId.New(TimeProvider.System);
        var (second, hash) = await ApprovedAsync(payments, 1);

        await Refused(payments.Finance, $"/payments/batches/{second}/release", hash, "funds.insufficient");

        (await payments.OrdersAsync(PaymentsHost.Track1, 2)).Should().HaveCount(2);
        await payments.FundAsync(PaymentsHost.AmountMinor);
        (await PaymentsHost.PostAsync(
            payments.Finance, $"/payments/batches/{second}/release", new { contentHash = hash }))
            .GetProperty("state").GetString().Should().Be("Released");
    }

    [Fact]
    public async Task Does_not_leave_when_an_obligation_differs_from_what_was_approved()
    {
        await using var payments = await PaymentsHost.StartAsync();
        await payments.FundAsync(10 * PaymentsHost.AmountMinor);
        var (batch, hash) = await ApprovedAsync(payments, 2);
        await payments.Host.QueryAsync<PaymentsDb, int>(db => db.Obligations.Take(1)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.AmountMinor, row => row.AmountMinor + 1)));

        await Refused(payments.Finance, $"/payments/batches/{batch}/release", hash, "release.content_changed");

        (await payments.GetAsync($"/payments/batches/{batch}")).GetProperty("state").GetString().Should()
            .Be("Approved");
        (await payments.OrdersAsync(PaymentsHost.Track1, 0)).Should().BeEmpty();
    }

    [Fact]
    public async Task Shows_what_no_channel_reaches_and_keeps_it_unpaid_with_the_reason()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var (batch, _, rows) = await payments.PlannedAsync(2, channel: null);

        var seen = await payments.GetAsync($"/payments/batches/{batch}");
        seen.GetProperty("unroutable").GetProperty("count").GetInt64().Should().Be(2);
        var story = await payments.StoryAsync(rows[0].EntitlementId);
        story.GetProperty("status").GetString().Should().Be("Unpaid");
        story.GetProperty("unpaidReason").GetString().Should().Be("no_channel: no partner there");
    }

    [Fact]
    public async Task That_is_cancelled_leaves_its_obligations_to_another()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var (batch, _, _) = await payments.PlannedAsync(2);

        var second = await PaymentsHost.PostAsync(
            payments.Maker, "/payments/batches", new { cycleId = payments.Cycle.ToString() });
        second.GetProperty("title").GetString().Should().Be("batch.already_open");
        await PaymentsHost.PostAsync(payments.Maker, $"/payments/batches/{batch}/cancellation",
            new { reason = "wrong table" });
        var third = await TestHost.Until(
            () => PaymentsHost.PostAsync(payments.Maker, "/payments/batches",
                new { cycleId = payments.Cycle.ToString() }),
            answer => answer.TryGetProperty("id", out _));
        await TestHost.Until(() => payments.GetAsync($"/payments/batches/{third.GetProperty("id").GetString()}"),
            seen => seen.GetProperty("count").GetInt64() == 2);
    }

    private static async Task Refused(HttpClient user, string path, string hash, string code) =>
        (await PaymentsHost.PostAsync(user, path, new { contentHash = hash })).GetProperty("title").GetString().Should()
            .Be(code);

    private static async Task<(string Batch, string Hash)> ApprovedAsync(PaymentsHost payments, int count)
    {
        var (batch, hash, _) = await payments.PlannedAsync(count);
        foreach (var user in (string[])["idrissa", "mariama"])
        {
            await PaymentsHost.PostAsync(
                payments.Approver(user), $"/payments/batches/{batch}/approvals", new { contentHash = hash });
        }

        return (batch, hash);
    }

    private static Task CertifyAsync(PaymentsHost payments, string batch, long settled) =>
        payments.Host.HandleAsync<PaymentsDb, BatchCertified, BatchCertifiedHandler>(new BatchCertified(
            batch, new string('c', 64), "salif@government", settled, settled * PaymentsHost.AmountMinor,
            TimeProvider.System.GetUtcNow()));

    private static Task<int> Claims(PaymentsHost payments) =>
        payments.Host.QueryAsync<PaymentsDb, int>(db => db.Claims.CountAsync());
}
