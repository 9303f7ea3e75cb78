using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Rules;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Domain.Tables;
using static TwinTrack.Domain.Tests.Routing.RuleGiven;

namespace TwinTrack.Domain.Tests.Routing;

public sealed class Forecast_of_routes
{
    private static readonly SwitchScope Scope = Given.Proposal(from: ["a"]).Scope;
    private static readonly RouteChannel[] Ways = [Given.Way("a", 1), Given.Way("t2-c", 2), Given.Way("t2-d", 2)];

    [Fact]
    public void Leaves_out_what_is_paid()
    {
        var seen = Rehearse(Facts(), Line(CountedState.Settled, 3), Line(CountedState.SettledLate, 2),
            Line(CountedState.Withdrawn, 4));

        seen.Target.Should().ContainSingle().Which.Count.Should().Be(4);
        seen.Unreachable.Should().BeEmpty();
    }

    [Theory]
    [InlineData(CountedState.InDoubt)]
    [InlineData(CountedState.Sent)]
    public void Gives_room_first_to_what_moves_at_once(CountedState later)
    {
        var seen = Rehearse(Facts(new Ceiling(CountPerCycle: 5)), Line(later, 4) with { Area = "NE001" },
            Line(CountedState.Withdrawn, 4) with { Area = "NE002" });

        seen.Target.Select(row => (row.Area, row.Channel, row.Count, row.AmountMinor)).Should().Equal(
            ("NE001", "t2-c", 1, 100), ("NE001", "t2-d", 3, 300), ("NE002", "t2-c", 4, 400));
    }

    [Fact]
    public void Waits_for_a_recall_as_for_a_report()
    {
        var facts = Facts(new Ceiling(CountPerCycle: 5)) with { CanRecall = new HashSet<string> { "a" } };

        var seen = Rehearse(facts, Line(CountedState.Sent, 4) with { Area = "NE001" },
            Line(CountedState.Withdrawn, 4) with { Area = "NE002" });

        seen.Target.First(row => row.Area == "NE002").Count.Should().Be(4);
        seen.StaysInDoubt.Should().Be(new Sum(0, 0), "it can be recalled");
        seen.Waits.Should().Equal(new DoubtWait("a", 4, 400, Given.At));
    }

    [Fact]
    public void Gives_back_the_places_that_the_payments_hold_before_it_counts_the_room()
    {
        var counter = Counters.CycleKey("* × * × *", "t2-c", Given.Cycle);
        var capacity = new CeilingCapacity(
            new Dictionary<string, UsedAmount> { [counter] = new(3, 300) },
            new Dictionary<(string, string, DateOnly), long> { [("* × * × *", "t2-c", Day)] = 2 });

        var seen = Rehearsal.Of(1, Scope,
            Count(Line(CountedState.Withdrawn, 4) with { Channel = "t2-c" }), Facts(new Ceiling(CountPerCycle: 3)),
            Given.At, capacity);

        seen.Target.ToDictionary(row => row.Channel!, row => row.Count).Should()
            .Equal(new Dictionary<string, long> { ["t2-c"] = 2, ["t2-d"] = 2 });
    }

    [Fact]
    public void Gives_back_only_places_of_this_row_and_channel()
    {
        var counter = Counters.CycleKey("* × * × *", "t2-c", Given.Cycle);
        var capacity = new CeilingCapacity(
            new Dictionary<string, UsedAmount> { [counter] = new(3, 300) },
            new Dictionary<(string, string, DateOnly), long>
            {
                [("* × * × *", "t2-d", Day)] = 2,
                [("NE009 × * × *", "t2-c", Day)] = 2,
            });

        var seen = Rehearsal.Of(1, Scope,
            Count(Line(CountedState.Withdrawn, 4) with { Channel = "t2-c" }), Facts(new Ceiling(CountPerCycle: 3)),
            Given.At, capacity);

        seen.Target.Should().ContainSingle().Which.Channel.Should().Be("t2-d");
    }

    [Fact]
    public void Gives_back_the_places_of_today_before_those_of_earlier_days()
    {
        var yesterday = Day.AddDays(-1);
        var capacity = new CeilingCapacity(
            new Dictionary<string, UsedAmount>
            {
                [Counters.DayKey("* × * × *", "t2-c", Day)] = new(2, 200),
                [Counters.DayKey("* × * × *", "t2-c", yesterday)] = new(9, 900),
            },
            new Dictionary<(string, string, DateOnly), long>
            {
                [("* × * × *", "t2-c", yesterday)] = 5,
                [("* × * × *", "t2-c", Day)] = 2,
            });

        var seen = Rehearsal.Of(1, Scope,
            Count(Line(CountedState.Withdrawn, 2) with { Channel = "t2-c" }), Facts(new Ceiling(CountPerDay: 2)),
            Given.At, capacity);

        seen.Target.Should().ContainSingle().Which.Channel.Should().Be("t2-c");
    }

    [Fact]
    public void Says_that_a_ceiling_of_the_day_has_room_tomorrow_for_whom_nobody_else_takes()
    {
        var ofDay = Rehearse(Facts(new Ceiling(CountPerDay: 0), ("t2-d", new Ceiling(CountPerDay: 1))),
            Line(CountedState.Withdrawn, 3));
        var ofBoth = Rehearse(Facts(new Ceiling(0, null, 0), ("t2-d", new Ceiling(CountPerCycle: 0))),
            Line(CountedState.Withdrawn, 3));

        var tomorrow = new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
        ofDay.Ceilings.Should().Equal(
            new CeilingSum("t2-c", "0 a day", null, 2, 200, tomorrow),
            new CeilingSum("t2-c", "0 a day", "t2-d", 1, 100, null),
            new CeilingSum("t2-d", "1 a day", null, 2, 200, tomorrow));
        ofBoth.Ceilings.Should().Equal(
            new CeilingSum("t2-c", "0 a cycle 0 a day", null, 3, 300, null),
            new CeilingSum("t2-d", "0 a cycle", null, 3, 300, null));
    }

    [Fact]
    public void Sums_by_area_instrument_source_and_channel_in_that_order()
    {
        var table = Table(new TableRow("*", "*", "*", ["a", "t2-c", "t2-d"],
            new Dictionary<string, int> { ["t2-c"] = 50, ["t2-d"] = 50 }));
        var line = Line(CountedState.Withdrawn, 1);

        var seen = Rehearse(Map(table, [Given.Overlay("a")], null, Ways),
            line with { Area = "NE002" }, line with { Instrument = Instrument.Bank },
            line with { FundingSource = "treasury" }, line with { FundingSource = "donor" },
            line with { ShareFrom = 50 }, line, line with { Payments = 2, AmountMinor = 250 },
            line with { Instrument = Instrument.Cash });

        seen.Target.Select(row => (row.Area, row.Instrument, row.FundingSource, row.Channel, row.Count,
            row.AmountMinor)).Should().Equal(
            ("NE001", "mobile", "", "t2-c", 3, 350),
            ("NE001", "mobile", "", "t2-d", 1, 100),
            ("NE001", "mobile", "donor", "t2-c", 1, 100),
            ("NE001", "mobile", "treasury", "t2-c", 1, 100),
            ("NE001", "bank", "", "t2-c", 1, 100),
            ("NE001", "cash", "", "t2-c", 1, 100),
            ("NE002", "mobile", "", "t2-c", 1, 100));
        seen.Target.Should().OnlyContain(row => row.Reason == "switch");
        seen.Finish.Select(one => (one.Channel, one.Count)).Should().Equal(("t2-c", 8), ("t2-d", 1));
        seen.Fees.Select(fee => (fee.Channel, fee.Count, fee.AmountMinor, fee.FeeMinor)).Should()
            .Equal(("t2-c", 8, 850, 0), ("t2-d", 1, 100, 0));
    }

    [Fact]
    public void Sums_the_unreached_by_reason()
    {
        var book = Book((RuleKind.Decline, "D-1", new Decline("t2-c", [], [Obligation(1).ToString()], "moved")));
        var facts = Map(Table(new TableRow("*", "*", "*", ["a", "t2-c"])), [Given.Overlay("a")], book,
            Ways[0], Given.Way("t2-c", 2, areas: "NE001"));

        var seen = Rehearse(facts, Line(CountedState.Withdrawn, 1) with { Named = Obligation(1) },
            Line(CountedState.Rejected, 2) with { Area = "NE002" },
            Line(CountedState.Withdrawn, 3) with { Area = "NE003" }, Line(CountedState.Withdrawn, 4));

        seen.UnreachableByReason.Should().Equal(new ReasonSum("area", 5, 500), new ReasonSum("declined", 1, 100));
        seen.Unreachable.Select(row => (row.Area, row.Count)).Should().Equal(("NE001", 1), ("NE002", 2), ("NE003", 3));
        seen.Fees.Should().ContainSingle().Which.Count.Should().Be(4);
    }

    [Fact]
    public void Says_whose_money_goes_to_another_channel_and_leaves_out_what_stays()
    {
        var seen = Rehearse(Facts(),
            Line(CountedState.Withdrawn, 1) with { FundingSource = "treasury" },
            Line(CountedState.Withdrawn, 2) with { FundingSource = "donor" },
            Line(CountedState.Rejected, 3) with { FundingSource = "donor" },
            Line(CountedState.Planned, 4) with { FundingSource = "donor", Channel = "" },
            Line(CountedState.Withdrawn, 5) with { FundingSource = "donor", Channel = "t2-c" });

        seen.Funding.Should().Equal(
            new FundingShift("donor", "", "t2-c", 4, 400),
            new FundingShift("donor", "a", "t2-c", 5, 500),
            new FundingShift("treasury", "a", "t2-c", 1, 100));
    }

    [Fact]
    public void Says_for_each_old_channel_until_when_it_may_still_pay()
    {
        var facts = Facts() with
        {
            Costs = new Dictionary<string, ChannelCost> { ["a"] = new(0, 0, TimeSpan.FromHours(5)) },
        };

        var seen = Rehearse(facts, Line(CountedState.Sent, 1) with { Channel = "b" }, Line(CountedState.InDoubt, 2),
            Line(CountedState.Accepted, 3), Line(CountedState.Released, 4));

        seen.Waits.Should().Equal(
            new DoubtWait("a", 5, 500, Given.At.AddHours(5)), new DoubtWait("b", 1, 100, Given.At));
    }

    [Fact]
    public void Breaks_the_count_down_by_area_channel_and_source_in_order()
    {
        var seen = Rehearse(Facts(), Line(CountedState.Rejected, 1) with { Area = "NE002", FundingSource = "treasury" },
            Line(CountedState.Settled, 2), Line(CountedState.Released, 3),
            Line(CountedState.Planned, 4) with { Channel = "" });

        seen.ByArea.Should().Equal(new AreaSum("NE001", "not_instructed", 7, 700), new AreaSum("NE001", "paid", 2, 200),
            new AreaSum("NE002", "rejected", 1, 100));
        seen.ByChannel.Should().Equal(new ChannelSum("", "not_instructed", 4, 400),
            new ChannelSum("a", "not_instructed", 3, 300), new ChannelSum("a", "paid", 2, 200),
            new ChannelSum("a", "rejected", 1, 100));
        seen.BySource.Should().Equal(new SourceSum("", "not_instructed", 7, 700), new SourceSum("", "paid", 2, 200),
            new SourceSum("treasury", "rejected", 1, 100));
    }

    [Fact]
    public void Finishes_when_the_channels_own_capacity_has_paid_them()
    {
        var facts = Facts() with { CapacityPerHour = new Dictionary<string, int> { ["t2-c"] = 4 } };

        Rehearse(facts, Line(CountedState.Withdrawn, 6)).Finish.Should()
            .Equal(new FinishEstimate("t2-c", 6, 4, Given.At.AddMinutes(90)));
    }

    [Fact]
    public void Keeps_the_numbers_that_it_rests_on()
    {
        var seen = Rehearsal.Of(7, Scope, new DispositionCount("aa", 10, 1_000, []), Facts(), Given.At);

        (seen.Asked, seen.At, seen.ListHash, seen.TableVersion, seen.Obligations, seen.AmountMinor).Should()
            .Be((7, Given.At, "aa", 1, 10, 1_000));
    }

    private static Rehearsal Rehearse(RoutingFacts facts, params DispositionCountLine[] lines) =>
        Rehearsal.Of(1, Scope, Count(lines), facts, Given.At);

    private static DispositionCount Count(params DispositionCountLine[] lines) => new("aa", 1, 100, lines);

    private static DispositionCountLine Line(CountedState state, long payments) =>
        new("NE001", Instrument.Mobile, "a", state, false, null, payments, payments * 100);

    private static RoutingFacts Facts(Ceiling? ofC = null, params (string Channel, Ceiling Ceiling)[] others)
    {
        var ceilings = others.ToDictionary(one => one.Channel, one => one.Ceiling);
        if (ofC is not null)
        {
            ceilings["t2-c"] = ofC;
        }

        return Map(Table(new TableRow("*", "*", "*", ["a", "t2-c", "t2-d"],
            Ceilings: ceilings.Count == 0 ? null : ceilings)), [Given.Overlay("a")], null, Ways);
    }

    private static RoutingTable Table(TableRow row) =>
        RoutingTable.Of(1, [row], row.Channels.ToHashSet())
            .Match(table => table, refusal => throw new InvalidOperationException(refusal.Reason));
}
