using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Rules;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Domain.Tests.Routing;

public sealed class A_payment_of_a_channel_that_is_being_left
{
    private static readonly RoutingTable Table = Given.Table(("* * *", "t1-momo t1-bank t2-agency t2-other"));
    private static readonly Overlay Leaving = Given.Overlay("t1-momo", areas: "NE001");

    [Fact]
    public void Waits_for_the_switch_and_takes_no_other_channel_of_its_track()
    {
        var route = Ask("NE001", [Leaving]);

        route.Channel.Should().BeNull();
        route.Why.Should().Be($"waits: t1-momo is being left (switch {Given.Swi})");
    }

    [Fact]
    public void Keeps_its_channel_where_the_switch_does_not_reach()
    {
        Ask("NE009", [Leaving]).Channel!.Code.Should().Be("t1-momo");
        Ask("NE001", [Leaving with { Programme = "other" }]).Channel!.Code.Should().Be("t1-momo");
    }

    [Fact]
    public void Keeps_its_channel_once_no_switch_is_leaving() =>
        Ask("NE001", []).Channel!.Code.Should().Be("t1-momo");

    [Fact]
    public void Waits_even_if_its_channel_could_not_pay_it_today() =>
        Ask("NE001", [Leaving], Given.Way("t1-momo", 1, undeclared: true)).Reason.Should().Be(RouteReason.Leaving);

    [Fact]
    public void Does_not_wait_where_the_channel_is_not_its_own() =>
        Ask("NE001", [Leaving], Given.Way("t1-momo", 1, "cash")).Channel!.Code.Should().Be("t1-bank");

    [Fact]
    public void Follows_the_switch_once_it_routes() =>
        Ask("NE001", [], Leaving).Channel!.Code.Should().Be("t2-agency");

    [Fact]
    public void Waits_too_where_an_earlier_switch_led_to_the_channel_that_is_being_left()
    {
        var back = Given.Overlay("t2-agency", toTrack: 1, areas: "NE001");

        Ask("NE001", [back], Leaving).Reason.Should().Be(RouteReason.Leaving);
        Ask("NE001", [], Leaving).Channel!.Code.Should().Be("t2-agency");
    }

    [Fact]
    public void Does_not_wait_for_a_switch_that_is_being_rehearsed()
    {
        var facts = new RoutingFacts(Table, new Dictionary<string, RouteChannel>(), [], "XOF",
            new Dictionary<string, string>())
        {
            Terms = RouteTerms.None with { Leaving = [Leaving] },
            CanRecall = new HashSet<string>(),
            CapacityPerHour = new Dictionary<string, int>(),
        };

        facts.Under(Leaving).Terms.Leaving.Should().BeEmpty();
        facts.Under(Leaving with { SwitchId = new(Guid.Empty) }).Terms.Leaving.Should()
            .Equal(Leaving);
    }

    private static Route Ask(string area, IReadOnlyList<Overlay> leaving, params Overlay[] overlays) =>
        Ask(area, leaving, Given.Way("t1-momo", 1), overlays);

    private static Route Ask(string area, IReadOnlyList<Overlay> leaving, RouteChannel first,
        params Overlay[] overlays)
    {
        RouteChannel[] channels =
            [first, Given.Way("t1-bank", 1), Given.Way("t2-agency", 2), Given.Way("t2-other", 2)];
        return Router.Route(
            new RouteRequest("psn", Given.Cycle, area, Instrument.Mobile, "XOF"), Table,
            channels.ToDictionary(channel => channel.Code), overlays, RouteTerms.None with { Leaving = leaving });
    }
}
