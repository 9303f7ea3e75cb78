using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Kernel;
using TwinTrack.Payments.Consumers;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Jobs;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Jobs;

namespace TwinTrack.Services.Tests.Payments;

public sealed class A_move_of_track
{
    [Fact]
    public async Task A_pilot_takes_its_share_back_and_leaves_the_rest_payable_where_it_is()
    {
        const int Percent = 40, Count = 30;
        await using var payments = await PaymentsHost.StartAsync();
        var (_, first) = await payments.ReleasedAsync(Count);
        await payments.ReportAsync("withdrawn", "A", "NEVER_SENT", [.. first.Select(order => order.InstructionId)]);
        await payments.MoveAsync((await payments.CountAsync(1)).ListHash);
        await AskedAgainAsync(payments, Count);
        await payments.RouteAsync(PaymentsHost.Track2, payments.Switch);
        var there = await payments.OrdersAsync(PaymentsHost.Track2, Count);

        // A third is rejected by the partner, a third never leaves it, a third is paid there.
        var rejected = there.Where((_, number) => number % 3 == 0).ToList();
        var unsent = there.Where((_, number) => number % 3 == 1).ToList();
        var paid = there.Where((_, number) => number % 3 == 2).ToList();
        await payments.ReportAsync("sent", "A", "SENT",
            [.. rejected.Concat(paid).Select(order => order.InstructionId)]);
        await payments.ReportAsync("rejected", "A", "AC04", [.. rejected.Select(order => order.InstructionId)]);
        await payments.ReportAsync("settled", "A", "ACSC", [.. paid.Select(order => order.InstructionId)]);
        var pilot = SwitchId.New(TimeProvider.System);
        bool InPilot(string obligation) => Draws.Point(TypedId.Parse<ObligationId>(obligation), Draw.Pilot) < Percent;
        Task RouteAsync() => payments.RouteEachAsync(
            row => InPilot(row.ObligationId!) ? (PaymentsHost.Track1, pilot) : (PaymentsHost.Track2, payments.Switch));
        await payments.Host.HandleAsync<PaymentsDb, StartMove, StartMoveHandler>(new StartMove(
            pilot.ToString(), payments.Cycle.ToString(), PaymentsHost.Programme, [], [PaymentsHost.Track2],
            await payments.ListHashAsync(pilot, PaymentsHost.Track2), "government+partner"));
        await payments.ReportAsync("withdrawn", "A", "NEVER_SENT", [.. unsent.Select(order => order.InstructionId)]);
        var free = rejected.Concat(unsent).ToList();
        await AskedAgainAsync(payments, Count + free.Count);
        await RouteAsync();

        // While the first switch watches, what its own attempt could not pay waits.
        var back = free.Where(order => InPilot(order.ObligationId)).Select(order => order.ObligationId).ToList();
        var stay = free.Where(order => !InPilot(order.ObligationId)).Select(order => order.ObligationId).ToList();
        back.Should().NotBeEmpty();
        stay.Intersect(rejected.Select(order => order.ObligationId)).Should().NotBeEmpty();
        (await payments.OrdersAsync(PaymentsHost.Track1, Count + back.Count)).Skip(Count)
            .Select(order => order.ObligationId).Should()
            .BeEquivalentTo(back, "the pilot's share goes back, and only that");
        var kept = stay.Except(rejected.Select(order => order.ObligationId)).ToList();
        (await payments.OrdersAsync(PaymentsHost.Track2, Count + kept.Count)).Skip(Count)
            .Select(order => order.ObligationId).Should().BeEquivalentTo(kept);

        // Once it has ended, it is tried once more where it is.
        await payments.EndMoveAsync();
        var again = await TestHost.Until(
            async () =>
            {
                await RouteAsync();
                return (await payments.OrdersAsync(PaymentsHost.Track2, 0)).Skip(Count).ToList();
            },
            orders => orders.Count >= stay.Count);
        again.Select(order => order.ObligationId).Should().BeEquivalentTo(stay);

        // Rejected again: two attempts by one route are enough, however often it is asked.
        var twice = again.Where(order => rejected.Exists(one => one.ObligationId == order.ObligationId))
            .Select(order => order.InstructionId).ToArray();
        await payments.ReportAsync("sent", "A", "SENT", twice);
        await payments.ReportAsync("rejected", "A", "AC04", twice);
        var asked = (await payments.Host.SentAsync<PaymentsDb, RouteInstructions>()).Count;
        await TestHost.Until(() => payments.Host.SentAsync<PaymentsDb, RouteInstructions>(),
            sent => sent.Count > asked);
        await RouteAsync();
        (await payments.OrdersAsync(PaymentsHost.Track2, 0)).Should().HaveCount(Count + stay.Count);
        (await payments.OrdersAsync(PaymentsHost.Track1, 0)).Should().HaveCount(Count + back.Count);
    }

    [Fact]
    public async Task Outside_any_move_what_never_left_is_planned_again_and_what_was_rejected_is_not()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var (_, orders) = await payments.ReleasedAsync(2);

        await payments.ReportAsync("rejected", "A", "AC04", orders[1].InstructionId);
        await payments.ReportAsync("withdrawn", "A", "NEVER_SENT", orders[0].InstructionId);
        await AskedAgainAsync(payments, 1);
        await payments.RouteAsync(PaymentsHost.Track2);

        var again = await payments.OrdersAsync(PaymentsHost.Track2, 1);
        again.Should().ContainSingle().Which.ObligationId.Should().Be(orders[0].ObligationId);
        var story = await payments.StoryAsync(orders[0].ObligationId);
        story.GetProperty("instructions")[1].GetProperty("evidence").GetString().Should().Be("never_sent");
        (await payments.StoryAsync(orders[1].ObligationId)).GetProperty("unpaidReason").GetString().Should()
            .Be("rejected: AC04");
    }

    [Fact]
    public async Task That_has_ended_sends_no_rejected_payment_again_by_a_route_that_comes_late()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var (_, orders) = await payments.ReleasedAsync(1);
        await payments.ReportAsync("rejected", "A", "AC04", orders[0].InstructionId);
        await payments.MoveAsync((await payments.CountAsync(1)).ListHash);
        await AskedAgainAsync(payments, 1);
        // The move has ended, and the job that drops its plans has not run yet.
        await payments.Host.QueryAsync<PaymentsDb, int>(db => db.Moves.ExecuteUpdateAsync(
            set => set.SetProperty(move => move.State, MoveState.Ended)));

        await payments.RouteAsync(PaymentsHost.Track2, payments.Switch);

        (await payments.OrdersAsync(PaymentsHost.Track2, 0)).Should().BeEmpty();
        (await payments.StoryAsync(orders[0].ObligationId)).GetProperty("unpaidReason").GetString().Should()
            .Be("rejected: AC04");
    }

    [Fact]
    public async Task What_has_no_channel_waits_with_the_reason_and_leaves_when_there_is_one()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var (_, orders) = await payments.ReleasedAsync(1);
        await payments.ReportAsync("withdrawn", "A", "NEVER_SENT", orders[0].InstructionId);
        await AskedAgainAsync(payments, 1);
        await payments.RouteAsync(null);
        (await payments.StoryAsync(orders[0].ObligationId)).GetProperty("unpaidReason").GetString().Should()
            .Be("no_channel: no partner there");

        await TestHost.Until(() => payments.Host.SentAsync<PaymentsDb, RouteInstructions>(),
            sent => sent.Count(one => one.RequestId.StartsWith("again:", StringComparison.Ordinal)) > 1);
        await payments.RouteAsync(PaymentsHost.Track2);

        (await payments.OrdersAsync(PaymentsHost.Track2, 1)).Should().ContainSingle();
        (await payments.StoryAsync(orders[0].ObligationId)).GetProperty("status").GetString().Should().Be("Released");
    }

    [Fact]
    public async Task Moves_what_evidence_frees_now_and_later_and_never_what_is_in_doubt()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var (batch, orders) = await payments.ReleasedAsync(6);
        var ids = orders.Select(order => order.InstructionId).ToArray();
        await payments.ReportAsync("sent", "A", "SENT", ids[1..]);
        await payments.ReportAsync("rejected", "A", "AC04", ids[1]);
        await payments.ReportAsync("recalled", "A", "CNCL", ids[2]);
        await payments.ReportAsync("settled", "A", "ACSC", ids[3]);
        await payments.ReportAsync("in_doubt", "D", "TIMEOUT", ids[4], ids[5]);
        await payments.ReportAsync("withdrawn", "A", "NEVER_SENT", ids[0]);
        var counted = await payments.CountAsync(1);
        counted.Obligations.Should().Be(6);

        await payments.MoveAsync(counted.ListHash);
        await AskedAgainAsync(payments, 3);
        await payments.RouteAsync(PaymentsHost.Track2, payments.Switch);

        var moved = await payments.OrdersAsync(PaymentsHost.Track2, 3);
        moved.Select(order => order.ObligationId).Should()
            .BeEquivalentTo(orders[..3].Select(order => order.ObligationId));
        await payments.ReportAsync("rejected", "A", "EXPIRED_ABSENT", ids[4]);
        await payments.ReportAsync("settled", "A", "STATEMENT", ids[5]);
        await AskedAgainAsync(payments, 4);
        await payments.RouteAsync(PaymentsHost.Track2, payments.Switch);
        (await payments.OrdersAsync(PaymentsHost.Track2, 4)).Should().HaveCount(4);

        var report = await payments.GetAsync($"/payments/batches/{batch}/report");
        report.GetProperty("heldInDoubt").GetInt64().Should().Be(2);
        report.GetProperty("lateSuccess").GetInt64().Should().Be(1);
        report.GetProperty("movedByEvidence").ToString().Should()
            .Be("""{"neverSent":1,"rejected":2,"recalled":1,"returned":0}""");
        (await payments.CountAsync(2)).ListHash.Should().Be(counted.ListHash, "the list does not change as it is paid");
        (await payments.CountAsync(3)).Rows.Where(row => row.MadeBySwitch).Sum(row => row.Count).Should().Be(4);
    }

    [Fact]
    public async Task Is_refused_when_the_list_is_not_the_voted_list_and_may_be_asked_for_again()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var (_, orders) = await payments.ReleasedAsync(1);
        await payments.ReportAsync("rejected", "A", "AC04", orders[0].InstructionId);

        await payments.MoveAsync(new string('0', 64));
        var refused =
            await TestHost.Until(() => payments.Host.SentAsync<PaymentsDb, MoveRefused>(), sent => sent.Count == 1);

        refused[0].ListHash.Should().Be((await payments.CountAsync(1)).ListHash);
        (await payments.Host.SentAsync<PaymentsDb, RouteInstructions>()).Should()
            .ContainSingle("nothing was planned again");
        await payments.MoveAsync(refused[0].ListHash);
        await AskedAgainAsync(payments, 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Has_what_was_withdrawn_for_it_planned_when_it_starts_and_not_before(bool endsFirst)
    {
        await using var payments = await PaymentsHost.StartAsync();
        var (batch, orders) = await payments.ReleasedAsync(2);
        var counted = await payments.CountAsync(1);
        // The release woke the planning once.
        var before = (await TestHost.Until(
            () => payments.Host.QueryAsync<PaymentsDb, Job?>(db => db.Jobs.AsNoTracking()
                .SingleOrDefaultAsync(job => job.Kind == PlanFurtherAttemptsJob.Kind && job.Subject == batch)),
            job => job is { State: JobState.Done }))!.Wakes;

        await payments.WithdrawForSwitchAsync(orders[0].InstructionId);

        (await payments.Host.QueryAsync<PaymentsDb, int>(db => db.Jobs.CountAsync(
            job => job.Kind == PlanFurtherAttemptsJob.Kind && job.Subject == batch
                && job.Wakes > before))).Should().Be(0, "its move comes");
        if (endsFirst)
        {
            await payments.EndMoveAsync();
        }

        await payments.MoveAsync(counted.ListHash);
        await AskedAgainAsync(payments, 1);
        await payments.WithdrawForSwitchAsync(orders[1].InstructionId);
        await AskedAgainAsync(payments, 2);
    }

    [Fact]
    public async Task That_ends_before_it_starts_has_what_was_withdrawn_for_it_planned()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var (_, orders) = await payments.ReleasedAsync(1);
        // The release wakes the planning too. It has to be over, so that only the end of the move can wake it.
        await TestHost.Until(
            () => payments.Host.QueryAsync<PaymentsDb, bool>(db => db.Jobs.AnyAsync(job =>
                job.Kind == PlanFurtherAttemptsJob.Kind && job.State == JobState.Done)),
            over => over);
        await payments.WithdrawForSwitchAsync(orders[0].InstructionId);

        await payments.EndMoveAsync();

        await AskedAgainAsync(payments, 1);
    }

    [Fact]
    public async Task Says_that_it_still_plans_until_all_is_asked_for()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var (_, orders) = await payments.ReleasedAsync(2);
        await payments.ReportAsync("sent", "A", "SENT", orders[1].InstructionId);
        await payments.ReportAsync("rejected", "A", "AC04", orders[1].InstructionId);
        var counted = await payments.CountAsync(1);
        counted.StillPlanning.Should().BeTrue("its move has not started");

        await payments.MoveAsync(counted.ListHash);
        await AskedAgainAsync(payments, 1);
        (await payments.CountAsync(2)).StillPlanning.Should().BeTrue("a question has no answer yet");

        await payments.RouteAsync(PaymentsHost.Track2, payments.Switch);
        await payments.OrdersAsync(PaymentsHost.Track2, 1);
        var asked = 2;
        await TestHost.Until(() => payments.CountAsync(++asked), count => !count.StillPlanning);
    }

    [Fact]
    public async Task Says_that_it_still_plans_while_an_answer_is_due_also_after_many_questions()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var (batch, orders) = await payments.ReleasedAsync(1);
        await payments.ReportAsync("withdrawn", "A", "NEVER_SENT", orders[0].InstructionId);
        await AskedAgainAsync(payments, 1);
        await payments.RouteAsync(null);
        await TestHost.Until(
            () => payments.Host.QueryAsync<PaymentsDb, bool>(db => db.Jobs.AnyAsync(job =>
                job.Kind == PlanFurtherAttemptsJob.Kind && job.LeaseOwner == null
                    && job.DueAt > TimeProvider.System.GetUtcNow() && job.Cursor!.Contains("\"Asked\":false"))),
            rests => rests);
        // Its channel has been closed for minutes: the planning has asked as often as it does without a pause.
        await payments.Host.QueryAsync<PaymentsDb, int>(db => db.Jobs
            .Where(job => job.Kind == PlanFurtherAttemptsJob.Kind && job.Subject == batch)
            .ExecuteUpdateAsync(set => set.SetProperty(job => job.Cursor, """{"Repeats":10}""")
                .SetProperty(job => job.DueAt, TimeProvider.System.GetUtcNow().AddHours(1))));

        var before = (await payments.Host.SentAsync<PaymentsDb, RouteInstructions>()).Count;
        await payments.MoveAsync((await payments.CountAsync(1)).ListHash);
        await TestHost.Until(() => payments.Host.SentAsync<PaymentsDb, RouteInstructions>(),
            sent => sent.Count > before);
        await TestHost.Until(
            () => payments.Host.QueryAsync<PaymentsDb, bool>(db => db.Jobs.AnyAsync(job =>
                job.Kind == PlanFurtherAttemptsJob.Kind && job.Cursor!.Contains("\"Asked\":false"))),
            ended => ended);
        (await payments.CountAsync(2)).StillPlanning.Should().BeTrue("Routing has not answered yet");

        await payments.RouteAsync(null);
        var asked = 2;
        await TestHost.Until(
            async () =>
            {
                var count = await payments.CountAsync(++asked);
                await payments.RouteAsync(null);
                return count;
            },
            count => !count.StillPlanning);
    }

    [Fact]
    public async Task Ends_its_planning_when_only_a_payment_with_an_incident_waits()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var (_, orders) = await payments.ReleasedAsync(1);
        await payments.ReportAsync("withdrawn", "A", "NEVER_SENT", orders[0].InstructionId);
        await payments.MoveAsync((await payments.CountAsync(1)).ListHash);
        await AskedAgainAsync(payments, 1);
        await payments.Host.QueryAsync<PaymentsDb, int>(db => db.Obligations.ExecuteUpdateAsync(
            set => set.SetProperty(row => row.BlockedByIncident, IncidentId.New(TimeProvider.System))));
        await payments.RouteAsync(null);

        var asked = 1;
        await TestHost.Until(() => payments.CountAsync(++asked), count => !count.StillPlanning);

        (await payments.StoryAsync(orders[0].ObligationId)).GetProperty("unpaidReason").GetString().Should()
            .NotBeNull("it is kept back, and not given up");
    }

    [Fact]
    public async Task Answers_a_question_again_whose_answer_was_lost()
    {
        await using var payments = await PaymentsHost.StartAsync();
        await payments.ReleasedAsync(1);
        var first = await payments.CountAsync(1);
        await TestHost.Until(() => payments.Host.QueryAsync<PaymentsDb, bool>(db => db.Jobs.AnyAsync(
            job => job.Kind == CountDispositionsJob.Kind && job.State == JobState.Done)), done => done);

        await payments.CountAsync(1);

        var sent = await TestHost.Until(() => payments.Host.SentAsync<PaymentsDb, DispositionsCounted>(),
            all => all.Count == 2);
        sent[1].Should().BeEquivalentTo(first);
    }

    [Fact]
    public async Task After_its_end_a_rejection_stays_unpaid_with_its_reason()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var (_, orders) = await payments.ReleasedAsync(2);
        await payments.ReportAsync("rejected", "A", "AC04", orders[0].InstructionId);
        await payments.MoveAsync((await payments.CountAsync(1)).ListHash);
        await AskedAgainAsync(payments, 1);
        await payments.RouteAsync(null);

        await payments.EndMoveAsync();
        await payments.ReportAsync("rejected", "A", "AC05", orders[1].InstructionId);
        var story =
            await TestHost.Until(() => payments.StoryAsync(orders[0].ObligationId),
                seen => seen.GetProperty("unpaidReason").GetString() == "rejected: AC04");
        story.GetProperty("instructions")[1].GetProperty("state").GetString().Should().Be("Withdrawn");
        await payments.RouteAsync(PaymentsHost.Track2, payments.Switch);

        (await payments.Host.SentAsync<PaymentsDb, SubmitInstructions>()).Should()
            .OnlyContain(one => one.Channel == PaymentsHost.Track1);
        (await payments.StoryAsync(orders[1].ObligationId)).GetProperty("unpaidReason").GetString().Should()
            .Be("rejected: AC05");
    }

    [Fact]
    public async Task What_a_later_return_could_not_pay_is_not_tried_again_by_the_earlier_switch()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var (_, orders) = await payments.ReleasedAsync(2);
        await payments.MoveAsync((await payments.CountAsync(1)).ListHash);
        await payments.ReportAsync("withdrawn", "A", "NEVER_SENT", orders[0].InstructionId);
        await AskedAgainAsync(payments, 1);
        await payments.RouteAsync(PaymentsHost.Track2, payments.Switch);
        var partner = (await payments.OrdersAsync(PaymentsHost.Track2, 1)).Single();
        var later = SwitchId.New(TimeProvider.System);
        await payments.ReturnAsync(later, (await payments.CountAsync(2, later, PaymentsHost.Track2)).ListHash);
        await payments.ReportAsync("withdrawn", "A", "NEVER_SENT", partner.InstructionId);
        await AskedAgainAsync(payments, 2);
        await payments.RouteAsync(PaymentsHost.Track1, later);
        var home = (await payments.OrdersAsync(PaymentsHost.Track1, 3))[^1];

        await payments.ReportAsync("rejected", "A", "AC04", home.InstructionId);
        // Freed after it and in the same scope: when this one is asked for, the pass has been by the other.
        await payments.ReportAsync("rejected", "A", "AC04", orders[1].InstructionId);
        await AskedAgainAsync(payments, 3);

        home.ObligationId.Should().Be(orders[0].ObligationId);
        var story = await payments.StoryAsync(home.ObligationId);
        story.GetProperty("unpaidReason").GetString().Should().Be("rejected: AC04");
        story.GetProperty("instructions").GetArrayLength().Should().Be(3, "one attempt a switch");
    }

    /// <summary>Waits until so many instructions were asked a channel for again.</summary>
    internal static Task AskedAgainAsync(PaymentsHost payments, int atLeast) => TestHost.Until(
        async () => (await payments.Host.SentAsync<PaymentsDb, RouteInstructions>())
            .Where(one => one.RequestId.StartsWith("again:", StringComparison.Ordinal)).SelectMany(one => one.Rows)
            .DistinctBy(row => row.InstructionId).Count(),
        count => count >= atLeast);
}
