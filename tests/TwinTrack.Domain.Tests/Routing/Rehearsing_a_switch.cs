using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Rules;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Domain.Tests.Routing;

public sealed class Rehearsing_a_switch
{
    private static readonly Channel[] Channels = [Given.Channel("t1-momo"), Agency()];

    private static readonly RoutingFacts Map =
        RoutingFacts.Of(Given.Table(("* * *", "t1-momo t2-agency")), Channels, [], "XOF")
        .Under(Given.Overlay("t1-momo"));

    private static readonly DispositionCount Taken = new("aa", 30, 3_000,
    [
        Line("NE001", CountedState.Settled, 5),
        Line("NE001", CountedState.Released, 10),
        Line("NE001", CountedState.Sent, 4),
        Line("NE001", CountedState.InDoubt, 1),
        Line("NE002", CountedState.Released, 7),
        Line("NE001", CountedState.Rejected, 3),
    ]);

    [Theory]
    [InlineData(CountedState.Planned, Disposition.NotInstructed, Disposition.NotInstructed)]
    [InlineData(CountedState.Released, Disposition.NotInstructed, Disposition.NotInstructed)]
    [InlineData(CountedState.Withdrawn, Disposition.NotInstructed, Disposition.NotInstructed)]
    [InlineData(CountedState.Sent, Disposition.Recallable, Disposition.InDoubt)]
    [InlineData(CountedState.Accepted, Disposition.Recallable, Disposition.InDoubt)]
    [InlineData(CountedState.InDoubt, Disposition.InDoubt, Disposition.InDoubt)]
    [InlineData(CountedState.Settled, Disposition.Paid, Disposition.Paid)]
    [InlineData(CountedState.Returned, Disposition.Returned, Disposition.Returned)]
    [InlineData(CountedState.Rejected, Disposition.Rejected, Disposition.Rejected)]
    [InlineData(CountedState.Recalled, Disposition.Recalled, Disposition.Recalled)]
    [InlineData(CountedState.Abandoned, Disposition.GivenUp, Disposition.GivenUp)]
    [InlineData(CountedState.SettledLate, Disposition.Paid, Disposition.Paid)]
    public void Every_state_has_its_disposition(CountedState state, Disposition canRecall, Disposition cannot)
    {
        Dispositions.Of(state, canRecall: true).Should().Be(canRecall);
        Dispositions.Of(state, canRecall: false).Should().Be(cannot);
    }

    [Fact]
    public void It_counts_by_disposition_and_says_where_each_would_go_and_who_is_not_reached()
    {
        var rehearsal = Rehearsal.Of(1, Given.Proposal().Scope, Taken, Map, Given.At);

        rehearsal.ByDisposition.Should()
            .Contain(new DispositionSum("not_instructed", 17, 1_700)).And.Contain(new DispositionSum("paid", 5, 500))
            .And.Contain(new DispositionSum("in_doubt", 5, 500)).And.Contain(new DispositionSum("rejected", 3, 300));
        rehearsal.Target.Should().ContainSingle(row => row.Channel == "t2-agency").Which.Count.Should().Be(18);
        rehearsal.Unreachable.Should().ContainSingle().Which.Should().Match<TargetSum>(
            row => row.Area == "NE002" && row.Count == 7 && row.Why.StartsWith("no channel of track 2"));
        rehearsal.Finish.Should().Equal(new FinishEstimate("t2-agency", 18, 18, Given.At.AddHours(1)));
        rehearsal.StaysInDoubt.Should().Be(new Sum(5, 500));
    }

    [Fact]
    public void It_says_what_it_costs_whose_money_moves_and_until_when_what_would_wait()
    {
        var rehearsal = Rehearsal.Of(1, Given.Proposal().Scope, Taken, Map, Given.At);

        rehearsal.Fees.Should().Equal(new FeeSum("t2-agency", 18, 1_800, (18 * 7) + 5));
        rehearsal.UnreachableByReason.Should().Equal(new ReasonSum("area", 7, 700));
        rehearsal.Funding.Should().Equal(new FundingShift("treasury", "t1-momo", "t2-agency", 18, 1_800));
        rehearsal.Waits.Should().Equal(new DoubtWait("t1-momo", 5, 500, Given.At.AddHours(240)));
    }

    [Theory]
    [InlineData(1, 100, 7 + 1)]
    [InlineData(1, 400, 7 + 1)]
    [InlineData(1, 401, 7 + 2)]
    [InlineData(0, 0, 0)]
    public void A_fee_of_the_amount_is_rounded_up(long payments, long amountMinor, long fee) =>
        new ChannelCost(7, 25, TimeSpan.Zero).FeeOf(payments, amountMinor).Should().Be(fee);

    [Fact]
    public void Two_of_them_stand_side_by_side_in_figures()
    {
        var all = Rehearsal.Of(1, Given.Proposal().Scope, Taken, Map, Given.At);
        var part =
            Rehearsal.Of(1, Given.Proposal().Scope,
                Taken with { ListHash = "bb", Lines = [.. Taken.Lines.Where(line => line.Area == "NE001")] }, Map,
                Given.At);

        var seen = RehearsalComparison.Of(all, part);

        seen.SameList.Should().BeFalse();
        seen.SameTable.Should().BeTrue();
        seen.Figures.Should()
            .Contain(new Figure("unreachable:area", 7, 0)).And.Contain(new Figure("to:t2-agency", 18, 18)).And.Contain(
            new Figure("finish:seconds", 3_600, 3_600))
            .And.Contain(new Figure("disposition:not_instructed", 17, 10));
        RehearsalComparison.Of(all, all).Figures.Should().OnlyContain(figure => figure.Difference == 0);
    }

    [Fact]
    public void Payments_made_meanwhile_do_not_change_the_hash_but_another_amount_does()
    {
        var hash = Rehearsal.Of(1, Given.Proposal().Scope, Taken, Map, Given.At).Hash;
        var later = Taken with { Lines = [.. Taken.Lines.Select(line => line with { State = CountedState.Settled })] };

        Rehearsal.Of(2, Given.Proposal().Scope, later, Map, Given.At.AddHours(1)).Hash.Should().Be(hash);
        Rehearsal.Of(2, Given.Proposal().Scope, Taken with { AmountMinor = 3_001 }, Map, Given.At).Hash.Should()
            .NotBe(hash);
    }

    [Fact]
    public void What_is_in_doubt_never_counts_as_waiting_to_move_and_keeps_the_switch_open()
    {
        var count =
            new DispositionCount("aa", 10, 1_000,
                [Line("NE001", CountedState.InDoubt, 2), Line("NE001", CountedState.Settled, 8)]);

        var progress = Progress.Of(count, Given.Proposal().Scope, Map);

        progress.IsMoved.Should().BeTrue();
        (progress with { StillPlanning = false }).IsFinished.Should().BeFalse();
    }

    [Fact]
    public void Freed_payments_wait_to_move_if_reachable_and_are_unpaid_with_a_reason_if_not()
    {
        var count =
            new DispositionCount("aa", 10, 1_000,
                [Line("NE001", CountedState.Withdrawn, 2), Line("NE002", CountedState.Rejected, 3)]);

        var progress = Progress.Of(count, Given.Proposal().Scope, Map);

        progress.WaitingToMove.Should().Be(new Sum(2, 200));
        progress.Unreachable.Should().Be(new Sum(3, 300));
    }

    [Fact]
    public void Money_that_no_rule_lets_cross_is_unreachable_and_not_waiting_to_move()
    {
        var count =
            new DispositionCount("aa", 10, 1_000,
                [Line("NE001", CountedState.Withdrawn, 2),
                    Line("NE001", CountedState.Withdrawn, 5) with { FundingSource = "donor" }]);
        var restricted =
            Map with
            {
                Terms = RuleGiven.Terms(
                (RuleKind.FundingSource, "treasury", new FundingSource("treasury", 1, "given for track 1")))
            };

        var progress = Progress.Of(count, Given.Proposal().Scope, restricted);

        progress.WaitingToMove.Should().Be(new Sum(5, 500));
        progress.Unreachable.Should().Be(new Sum(2, 200));
    }

    [Fact]
    public void What_payments_keeps_back_holds_the_switch_only_while_payments_plans()
    {
        var count = new DispositionCount("aa", 1, 100, [Line("NE001", CountedState.Returned, 1)]);

        Progress.Of(count, Given.Proposal().Scope, Map).IsFinished.Should().BeFalse("Payments may still plan");
        Progress.Of(count with { StillPlanning = false }, Given.Proposal().Scope, Map).IsFinished.Should().BeTrue();
    }

    private static DispositionCountLine Line(string area, CountedState state, long payments) =>
        new(area, Instrument.Mobile, "t1-momo", state, false, null, payments,
            payments * 100)
        { FundingSource = "treasury" };

    private static Channel Agency() => Given.Declared(
        Channel.Register(
            "t2-agency",
            Given.Terms(2) with
            {
                Adapter = "agency",
                Areas = ["NE001"],
                CapacityPerHour = 18,
                FeeMinor = 7,
                FeeBasisPoints = 25
            }, Given.At),
        Given.ByHand);
}
