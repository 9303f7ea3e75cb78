using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Domain.Tests.Routing;

public sealed class A_payment_of_a_suspended_track
{
    private static readonly RoutingTable Table = Given.Table(("* * *", "t1-momo t1-bank t2-agency t2-other"));
    private static readonly SuspensionId Id = new(Guid.CreateVersion7(Given.At));
    private static readonly SuspendedScope Track1 = new(Id, "psn", new HashSet<string> { "NE001" }, 1);

    [Fact]
    public void Waits_for_its_own_channel_and_takes_no_other_of_the_track()
    {
        var route = Ask("NE001", [Track1]);

        (route.Channel, route.Reason, route.SwitchId).Should().Be((null, RouteReason.Suspended, null));
        route.Why.Should().Be($"suspended: t1-momo, {Id}");
        route.Passed.Should().Equal(new SkippedChannel("t1-momo", RouteReason.Suspended, Id.ToString()));
    }

    [Theory]
    [InlineData("NE009", "psn", 1)]
    [InlineData("NE001", "other", 1)]
    [InlineData("NE001", "psn", 2)]
    public void Leaves_outside_the_area_the_programme_and_the_track(string area, string programme, int track) =>
        Ask(area, [Track1 with { Programme = programme, Track = track }]).Channel!.Code.Should().Be("t1-momo");

    [Fact]
    public void Of_any_area_waits_where_none_is_named() =>
        Ask("NE009", [Track1 with { Areas = new HashSet<string>() }]).Reason.Should().Be(RouteReason.Suspended);

    [Fact]
    public void Leaves_again_once_no_suspension_is_in_force() =>
        Ask("NE001", []).Channel!.Code.Should().Be("t1-momo");

    [Fact]
    public void That_a_switch_leads_to_the_other_track_keeps_leaving() =>
        Ask("NE001", [Track1], Given.Overlay("t1-momo")).Channel!.Code.Should().Be("t2-agency");

    [Fact]
    public void Is_not_taken_by_a_switch_that_leaves_another_channel_of_the_track()
    {
        var route = Ask("NE001", [Track1], Given.Overlay("t1-bank"));

        (route.Channel, route.Reason).Should().Be((null, RouteReason.Suspended));
    }

    [Fact]
    public void That_a_switch_led_away_waits_when_the_other_track_is_suspended()
    {
        var route = Ask("NE001", [Track1 with { Track = 2 }], Given.Overlay("t1-momo"));

        route.Channel.Should().BeNull();
        (route.Reason, route.SwitchId).Should().Be((RouteReason.Suspended, Given.Swi));
        route.Why.Should().Be($"suspended: t2-agency, {Id} (switch {Given.Swi})");
    }

    [Fact]
    public void Waits_although_an_earlier_channel_may_still_declare_itself()
    {
        var route = Ask("NE001", [Track1], Given.Way("t1-momo", 1, undeclared: true));

        route.Passed.Should().ContainSingle().Which.Should().Be(
            new SkippedChannel("t1-bank", RouteReason.Suspended, Id.ToString()));
    }

    [Fact]
    public void Waits_for_the_switch_that_is_leaving_its_channel_first() =>
        Router.Route(Request("NE001"), Table, Channels(Given.Way("t1-momo", 1)), [],
            RouteTerms.None with { Suspended = [Track1], Leaving = [Given.Overlay("t1-momo")] }).Reason.Should()
            .Be(RouteReason.Leaving);

    private static Route Ask(string area, IReadOnlyList<SuspendedScope> suspended, params Overlay[] overlays) =>
        Ask(area, suspended, Given.Way("t1-momo", 1), overlays);

    private static Route Ask(string area, IReadOnlyList<SuspendedScope> suspended, RouteChannel first,
        params Overlay[] overlays) =>
        Router.Route(Request(area), Table, Channels(first), overlays, RouteTerms.None with { Suspended = suspended });

    private static RouteRequest Request(string area) => new("psn", Given.Cycle, area, Instrument.Mobile, "XOF");

    private static Dictionary<string, RouteChannel> Channels(RouteChannel first) => new[]
        { first, Given.Way("t1-bank", 1), Given.Way("t2-agency", 2), Given.Way("t2-other", 2) }
        .ToDictionary(channel => channel.Code);
}
