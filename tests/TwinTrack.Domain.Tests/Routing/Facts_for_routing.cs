using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Rules;
using TwinTrack.Routing.Domain.Tables;
using static TwinTrack.Domain.Tests.Routing.RuleGiven;

namespace TwinTrack.Domain.Tests.Routing;

public sealed class Facts_for_routing
{
    private static readonly TableRow Shared = new("*", "*", "*", ["a", "t2-c", "ghost", "b", "t2-d"],
        new Dictionary<string, int> { ["a"] = 30, ["b"] = 70, ["t2-c"] = 60, ["t2-d"] = 40 });

    [Fact]
    public void Are_read_from_the_channels_once()
    {
        var undeclared = Channel.Register("b", Given.Terms() with { CapacityPerHour = 5 }, Given.At);
        var agency = Given.Declared(
            Channel.Register("a", Given.Terms() with { Provider = "Care", FeeMinor = 7, FeeBasisPoints = 25 },
                Given.At), Given.ByHand);

        var facts = RoutingFacts.Of(RoutingTable.None, [undeclared, agency, Given.Channel("c")], [], "XOF");

        facts.Channels.Keys.Should().Equal("b", "a", "c");
        facts.CanRecall.Should().Equal("a");
        facts.CapacityPerHour.Should().Equal(new Dictionary<string, int> { ["b"] = 5, ["a"] = 3_600, ["c"] = 3_600 });
        facts.Costs["a"].Should().Be(new ChannelCost(7, 25, TimeSpan.FromDays(10)));
        facts.Costs["b"].Should().Be(new ChannelCost(0, 0, TimeSpan.Zero));
        facts.Currency.Should().Be("XOF");
        facts.ProviderOf("a").Should().Be("Care");
        facts.ProviderOf("ghost").Should().Be("ghost", "nobody knows its provider");
    }

    [Fact]
    public void Tell_where_the_shares_of_each_track_end() =>
        Facts().BoundariesOf(Shared).Should().Equal(30, 60, 100, 100);

    [Fact]
    public void Tell_nothing_apart_where_a_row_has_no_shares() =>
        Facts().BoundariesOf(Shared with { Shares = null }).Should().OnlyContain(cut => cut == 0);

    [Fact]
    public void Say_by_what_payments_must_be_counted_apart()
    {
        var facts = Facts(Shared, new TableRow("NE001", "psn", "*", ["a", "b"],
            new Dictionary<string, int> { ["a"] = 20, ["b"] = 80 })) with
        {
            Overlays = [Given.Overlay("a"), Given.Overlay("t2-c", 1) with { PilotPercent = 20 },
                Given.Overlay("t2-c", 1) with { PilotPercent = 20 },
                Given.Overlay("t2-d", 1) with { PilotPercent = 5 }],
            Terms = Terms((RuleKind.Decline, "D-1", new Decline("a", [], [Obligation(1).ToString()], "moved"))),
        };

        var by = facts.GroupingFor("psn");

        by.ShareBoundaries.Should().Equal(20, 30, 60);
        by.PilotBoundaries.Should().Equal(5, 20);
        by.Obligations.Should().Equal(Obligation(1));
        by.WithRowOfEachObligation.Should().BeFalse();
    }

    [Fact]
    public void Count_apart_by_the_rows_of_the_programme_only()
    {
        var facts = Facts(new TableRow("*", "other", "*", ["a", "b"],
            new Dictionary<string, int> { ["a"] = 20, ["b"] = 80 },
            new Dictionary<string, Ceiling> { ["a"] = new(5) }), new TableRow("*", "psn", "*", ["a"]));

        facts.GroupingFor("psn").ShareBoundaries.Should().BeEmpty();
        facts.GroupingFor("psn").WithRowOfEachObligation.Should().BeFalse();
        facts.GroupingFor("other").ShareBoundaries.Should().Equal(20);
        facts.GroupingFor("other").WithRowOfEachObligation.Should().BeTrue();
    }

    [Fact]
    public void Under_a_switch_put_its_routes_last_and_once()
    {
        var other = Given.Overlay("b", id: new SwitchId(Guid.CreateVersion7(Given.At.AddDays(1))));
        var mine = Given.Overlay("a");

        (Facts() with { Overlays = [mine, other] }).Under(mine).Overlays.Should()
            .Equal(other, mine);
    }

    [Fact]
    public void Answer_for_unrestricted_money_of_nobody_in_particular()
    {
        var facts = Facts() with
        {
            Terms = Terms((RuleKind.FundingSource, "treasury", new FundingSource("treasury", 2, "for track 2"))),
        };

        facts.Route("psn", Given.Cycle, "NE003", Instrument.Mobile).Channel!.Code.Should().Be("a");
        (facts with { Currency = "USD" }).Route("psn", Given.Cycle, "NE003", Instrument.Mobile).Reason.Should()
            .Be(RouteReason.Currency);
    }

    private static RoutingFacts Facts(params TableRow[] rows) => Map(
        RoutingTable.Of(1, rows.Length == 0 ? [Shared] : rows,
            new HashSet<string> { "a", "b", "t2-c", "t2-d", "ghost" })
            .Match(table => table, refusal => throw new InvalidOperationException(refusal.Reason)), [], null,
        [.. Ways().Values]);

    private static Dictionary<string, RouteChannel> Ways() =>
        new[] { "a", "b", "t2-c", "t2-d" }.ToDictionary(
            code => code, code => Given.Way(code, code.StartsWith("t2", StringComparison.Ordinal) ? 2 : 1));
}
