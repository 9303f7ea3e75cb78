using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Rules;
using TwinTrack.Routing.Domain.Tables;
using static TwinTrack.Domain.Tests.Routing.RuleGiven;

namespace TwinTrack.Domain.Tests.Routing;

public sealed class Reasons_for_no_route
{
    private static readonly RoutingTable Table = Given.Table(("* * *", "a b t2-c t2-d"));

    [Fact]
    public void Without_a_row_is_that_there_is_no_rule()
    {
        var route = Router.Route(Request(), RoutingTable.None, new Dictionary<string, RouteChannel>(), []);

        (route.Reason, route.Channel, route.Row).Should().Be((RouteReason.NoRule, null, null));
        route.Passed.Should().BeEmpty();
    }

    [Fact]
    public void Without_a_channel_on_the_track_is_that_there_is_none()
    {
        var route = Ask([], Given.Way("t2-c", 2));

        route.Reason.Should().Be(RouteReason.NoChannel);
        route.Why.Should().Be("no channel of track 1 covers NE003 for mobile");
        route.Row.Should().Be(Table.Rows[0]);
    }

    [Fact]
    public void Is_the_limit_that_was_reached_last_among_the_channels()
    {
        var route = Ask([], Given.Way("a", 1, "cash"), Given.Way("b", 1, areas: "NE009"));

        route.Reason.Should().Be(RouteReason.Area);
        route.Why.Should().Be("no channel of track 1 covers NE003 for mobile [a:instrument b:area]");
        route.Passed.Should().Equal(
            new SkippedChannel("a", RouteReason.Instrument), new SkippedChannel("b", RouteReason.Area));
    }

    [Fact]
    public void Counts_another_currency_as_not_covering()
    {
        var route = Ask([], Given.Way("a", 1) with { Currency = "USD" });

        route.Reason.Should().Be(RouteReason.Currency);
        route.Why.Should().StartWith("no channel of track 1 covers NE003");
    }

    [Fact]
    public void Is_that_a_channel_has_not_declared_itself_with_what_providers_said()
    {
        var route = Ask([], Given.Way("a", 1) with { Abilities = null, Undeclared = "connection.missing: none" },
            Given.Way("b", 1, "cash"));

        route.Reason.Should().Be(RouteReason.NotDeclared);
        route.Why.Should().Be("not_declared: a, connection.missing: none [b:instrument]");
        route.SwitchId.Should().BeNull();
    }

    [Fact]
    public void Under_a_switch_name_the_switch()
    {
        var silent = Ask([Given.Overlay("a")], Given.Way("a", 1), Given.Way("t2-c", 2, undeclared: true));
        var uncovered = Ask([Given.Overlay("a")], Given.Way("a", 1), Given.Way("t2-c", 2, areas: "NE009"));
        var none = Ask([Given.Overlay("a")], Given.Way("a", 1));

        silent.Why.Should()
            .Be($"not_declared: t2-c, {Channel.NotDeclaredYet} (switch {Given.Swi})");
        (silent.Reason, silent.SwitchId).Should().Be((RouteReason.NotDeclared, Given.Swi));
        uncovered.Why.Should()
            .Be($"no channel of track 2 covers NE003 for mobile (switch {Given.Swi}) [t2-c:area]");
        (uncovered.Reason, uncovered.SwitchId).Should().Be((RouteReason.Area, Given.Swi));
        (none.Reason, none.SwitchId).Should().Be((RouteReason.NoChannel, Given.Swi));
    }

    [Fact]
    public void Under_a_switch_are_those_of_its_own_track_only()
    {
        var route = Ask([Given.Overlay("b")], Given.Way("a", 1, "cash"), Given.Way("b", 1),
            Given.Way("t2-c", 2, "cash"), Given.Way("t2-d", 2));

        route.Channel!.Code.Should().Be("t2-d");
        route.Passed.Should().Equal(new SkippedChannel("t2-c", RouteReason.Instrument));
        (route.Reason, route.SwitchId).Should().Be((RouteReason.Switch, Given.Swi));
    }

    [Fact]
    public void Is_that_the_account_cannot_be_paid_over_the_other_track()
    {
        var own = Given.Way("t2-c", 2) with { Abilities = Given.Abilities with { Portability = false } };

        var route = Ask([Given.Overlay("a")], Given.Way("a", 1), own);

        route.Reason.Should().Be(RouteReason.NotPortable);
        route.Passed.Should().Equal(new SkippedChannel("t2-c", RouteReason.NotPortable));
    }

    [Fact]
    public void A_return_needs_no_portability_because_it_goes_back_home()
    {
        var back = Given.Overlay("t2-c", toTrack: 1, id: new SwitchId(Guid.CreateVersion7(Given.At.AddDays(1))));
        var home = Given.Way("a", 1) with { Abilities = Given.Abilities with { Portability = false } };

        var route = Ask([Given.Overlay("a"), back], home, Given.Way("t2-c", 2));

        route.Channel!.Code.Should().Be("a");
        route.Why.Should().Be($"switch {back.SwitchId} moves NE003 to track 1: a");
    }

    [Fact]
    public void A_return_goes_by_the_own_limits_of_the_home_track()
    {
        var back = Given.Overlay("t2-c", toTrack: 1, id: new SwitchId(Guid.CreateVersion7(Given.At.AddDays(1))));

        var route = Ask([Given.Overlay("b"), back], Given.Way("a", 1, "cash"), Given.Way("b", 1, undeclared: true),
            Given.Way("t2-c", 2));

        route.Passed.Should().Equal(
            new SkippedChannel("a", RouteReason.Instrument),
            new SkippedChannel("b", RouteReason.NotDeclared, Channel.NotDeclaredYet));
        (route.Channel, route.Reason).Should().Be((null, RouteReason.NotDeclared));
    }

    [Fact]
    public void A_switch_never_leads_to_a_channel_that_it_leaves() =>
        Ask([Given.Overlay("a t2-c")], Given.Way("a", 1), Given.Way("t2-c", 2), Given.Way("t2-d", 2)).Channel!.Code
            .Should().Be("t2-d");

    [Fact]
    public void Once_under_a_switch_a_payment_is_not_moved_by_one_that_leaves_another_channel()
    {
        var other = Given.Overlay("t2-d", toTrack: 1, id: new SwitchId(Guid.CreateVersion7(Given.At.AddDays(1))));

        Ask([Given.Overlay("a"), other], Given.Way("a", 1), Given.Way("t2-c", 2), Given.Way("t2-d", 2)).Channel!.Code
            .Should().Be("t2-c");
    }

    [Fact]
    public void A_payment_that_no_switch_reaches_waits_for_a_return_and_for_no_other_switch()
    {
        var again = Given.Overlay("t2-d", id: new SwitchId(Guid.CreateVersion7(Given.At.AddDays(1))));

        var route = Ask([Given.Overlay("a"), again], Given.Way("a", 1), Given.Way("t2-c", 2, "cash"));

        route.SwitchId.Should().Be(Given.Swi);
    }

    [Fact]
    public void A_full_ceiling_is_told_by_its_limits()
    {
        var row = new TableRow("*", "*", "*", ["a", "b"],
            Ceilings: new Dictionary<string, Ceiling> { ["a"] = new(5, 500, 3, 300) });
        var table = RoutingTable.Of(1, [row], new HashSet<string> { "a", "b" })
            .Match(table => table, _ => RoutingTable.None);

        var route = Router.Route(Request(), table,
            new Dictionary<string, RouteChannel> { ["a"] = Given.Way("a", 1), ["b"] = Given.Way("b", 1) }, [],
            RouteTerms.None with { Full = new HashSet<string> { "a", "b" } });

        route.Reason.Should().Be(RouteReason.Ceiling);
        route.Why.Should()
            .Be("ceiling: a, 5 a cycle 500 minor units a cycle 3 a day 300 minor units a day [b:ceiling]");
    }

    [Theory]
    [InlineData("psn", "NE003", 0, true)]
    [InlineData("other", "NE003", 0, false)]
    [InlineData("psn", "NE004", 0, false)]
    [InlineData("psn", "NE003", 1, false)]
    public void A_switch_covers_its_programme_area_and_cycle(string programme, string area, int days, bool covers) =>
        Given.Overlay("a", areas: "NE003").Covers(new RouteRequest(programme,
            days == 0 ? Given.Cycle : new CycleId(Guid.CreateVersion7(Given.At.AddDays(days))), area,
            Instrument.Mobile, "XOF")).Should().Be(covers);

    [Theory]
    [InlineData(null, 99, true)]
    [InlineData(20, 19, true)]
    [InlineData(20, 20, false)]
    [InlineData(20, null, true)]
    public void A_pilot_covers_the_points_below_its_percentage(int? percent, int? point, bool covers) =>
        (Given.Overlay("a") with { PilotPercent = percent }).Covers(
            Request() with { Points = point is { } pilot ? new ObligationDraw(0, pilot) : null }).Should().Be(covers);

    [Theory]
    [InlineData(null, "a")]
    [InlineData(0, "b")]
    [InlineData(29, "b")]
    [InlineData(30, "c")]
    [InlineData(99, "c")]
    public void A_share_is_the_run_of_points_of_its_channel_in_the_rows_order(int? point, string channel)
    {
        var row = new TableRow("*", "*", "*", ["a", "t2-d", "b", "c"],
            new Dictionary<string, int> { ["a"] = 0, ["b"] = 30, ["c"] = 70, ["t2-d"] = 100 });
        var table = RoutingTable.Of(1, [row], row.Channels.ToHashSet()).Match(table => table, _ => RoutingTable.None);

        Router.Route(Request() with { Points = point is { } share ? new ObligationDraw(share, 0) : null }, table,
            row.Channels.ToDictionary(code => code, code => Given.Way(code, code == "t2-d" ? 2 : 1)), []).Channel!.Code
            .Should().Be(channel);
    }

    [Fact]
    public void The_former_channel_is_tried_before_the_share_and_the_row()
    {
        var route = Router.Route(Request(), Table,
            new Dictionary<string, RouteChannel> { ["a"] = Given.Way("a", 1), ["b"] = Given.Way("b", 1) }, [],
            RouteTerms.None with { Former = "b" });

        route.Channel!.Code.Should().Be("b");
    }

    [Fact]
    public void A_rule_that_bars_is_told_after_the_colon()
    {
        new SkippedChannel("c", RouteReason.RedLine, "constraint C-7 v2").ToString().Should()
            .Be("c:red_line(constraint C-7 v2)");
        new SkippedChannel("c", RouteReason.NoAccess).ToString().Should().Be("c:no_access");
    }

    private static Route Ask(Overlay[] overlays, params RouteChannel[] channels) =>
        Router.Route(Request(), Table, channels.ToDictionary(channel => channel.Code), overlays);
}
