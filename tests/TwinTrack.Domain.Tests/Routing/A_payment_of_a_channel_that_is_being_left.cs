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
        route.Why.Should().Be($"channel closed: t1-momo is fenced by a switch (switch {Given.Swi})");
    }

    [Fact]
    public void Takes_the_next_channel_where_the_switch_does_not_reach() =>
        Ask("NE009", [Leaving]).Channel!.Code.Should().Be("t1-bank");

    [Fact]
    public void Takes_the_next_channel_once_no_switch_is_leaving() =>
        Ask("NE001", []).Channel!.Code.Should().Be("t1-bank");

    [Fact]
    public void Follows_the_switch_once_it_routes() =>
        Ask("NE001", [], Leaving).Channel!.Code.Should().Be("t2-agency");

    [Fact]
    public void Waits_too_where_an_earlier_switch_led_to_the_channel_that_is_being_left()
    {
        var back = Given.Overlay("t2-agency", toTrack: 1, areas: "NE001");

        Ask("NE001", [back], "t2-agency", Leaving).Channel.Should().BeNull();
        Ask("NE001", [], "t2-agency", Leaving).Channel!.Code.Should().Be("t2-other");
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

        facts.Under(Leaving, new HashSet<string>()).Terms.Leaving.Should().BeEmpty();
        facts.Under(Leaving with { SwitchId = new(Guid.Empty) }, new HashSet<string>()).Terms.Leaving.Should()
            .Equal(Leaving);
    }

    private static Route Ask(string area, IReadOnlyList<Overlay> leaving, params Overlay[] overlays) =>
        Ask(area, leaving, "", overlays);

    private static Route Ask(
        string area, IReadOnlyList<Overlay> leaving, string alsoFenced, params Overlay[] overlays)
    {
        RouteChannel[] channels =
        [
            Given.Way("t1-momo", 1, held: true), Given.Way("t1-bank", 1),
            Given.Way("t2-agency", 2, held: alsoFenced == "t2-agency"), Given.Way("t2-other", 2),
        ];
        return Router.Route(
            new RouteRequest("psn", Given.Cycle, area, Instrument.Mobile, "XOF"), Table,
            channels.ToDictionary(channel => channel.Code), overlays, RouteTerms.None with { Leaving = leaving });
    }
}
