using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Domain.Tests.Routing;

public sealed class A_payment_without_a_home_channel
{
    private static readonly RoutingTable Table = Given.Table(("* * *", "t1-momo t2-agency"));
    private static readonly SwitchId Later = new(Guid.CreateVersion7(Given.At.AddDays(1)));

    private static readonly Overlay Standing = Given.Overlay("none", areas: "NE001") with
    {
        From = new HashSet<string>(),
    };

    [Fact]
    public void Is_led_to_track_2_by_a_switch_that_leaves_no_channel() =>
        Ask("NE001", Standing).Should().Match<Route>(route =>
            route.Channel!.Code == "t2-agency" && route.SwitchId == Given.Swi && route.Reason == RouteReason.Switch);

    [Fact]
    public void Has_no_route_without_such_a_switch() =>
        Ask("NE001").Why.Should().StartWith("no channel of track 1 covers NE001 for mobile");

    [Fact]
    public void Is_not_led_by_a_switch_of_other_areas_or_of_channels() =>
        new[] { Ask("NE009", Standing), Ask("NE001", Given.Overlay("t1-momo")) }.Should()
            .AllSatisfy(route => route.Channel.Should().BeNull());

    [Fact]
    public void Stays_unpaid_with_the_reason_while_the_partner_is_not_declared()
    {
        var route = Ask("NE001", undeclared: true, Standing);

        route.Channel.Should().BeNull();
        route.Reason.Should().Be(RouteReason.NotDeclared);
        route.Why.Should().Contain("t2-agency").And.Contain($"(switch {Given.Swi})");
    }

    [Fact]
    public void Has_no_road_back_by_a_return_and_says_so()
    {
        var route = Ask("NE001", Standing, Given.Overlay("t2-agency", toTrack: 1, areas: "NE001", id: Later));

        route.Channel.Should().BeNull();
        route.Why.Should().StartWith("no channel of track 1 covers NE001");
    }

    [Fact]
    public void Leaves_alone_the_payments_that_have_one() =>
        Ask("NE005", Standing with { Areas = new HashSet<string>() }).Channel!.Code.Should().Be("t1-momo");

    private static Route Ask(string area, params Overlay[] overlays) => Ask(area, undeclared: false, overlays);

    private static Route Ask(string area, bool undeclared, params Overlay[] overlays)
    {
        RouteChannel[] channels =
            [Given.Way("t1-momo", 1, areas: "NE005"), Given.Way("t2-agency", 2, undeclared: undeclared)];
        return Router.Route(
            new RouteRequest("psn", Given.Cycle, area, Instrument.Mobile, "XOF"), Table,
            channels.ToDictionary(channel => channel.Code), overlays);
    }
}
