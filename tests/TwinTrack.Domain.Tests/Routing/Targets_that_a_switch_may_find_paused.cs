using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Domain.Tests.Routing;

public sealed class Targets_that_a_switch_may_find_paused
{
    private static readonly SwitchScope Scope = Given.Proposal().Scope;

    private static readonly RoutingTable Table = Given.Table(
        ("* psn *", "t1-momo t2-b t2-a"), ("NE001 * *", "t2-c"), ("NE001 other *", "t2-d"));

    [Fact]
    public void Are_those_of_the_target_track_in_rows_of_the_programme_by_code() =>
        Among(Scope, Paused("t2-b"), Paused("t2-a"), Paused("t2-c"), Paused("t2-d"), Paused("t2-z"),
            Paused("t1-momo", 1)).Should().Equal("t2-a", "t2-b", "t2-c");

    [Fact]
    public void Are_of_track_1_for_a_return() =>
        Among(Scope with { ToTrack = 1 }, Paused("t2-b"), Paused("t1-momo", 1)).Should().Equal("t1-momo");

    [Fact]
    public void Are_none_that_is_open_or_opening()
    {
        var opening = Paused("t2-a");
        opening.Confirm(GateTrigger.ConfirmClosed, 1, 40, Given.At);
        Among(Scope, opening).Should().Equal("t2-a");

        opening.Resume(Given.At);

        Among(Scope, opening, Given.Channel("t2-b", 2)).Should().BeEmpty();
    }

    [Fact]
    public void Are_none_that_opens_by_itself_when_its_hours_begin()
    {
        var closed = Given.Declared(Channel.Register("t2-a",
            Given.Terms(2) with { Hours = new([new(["mon"], "08:00", "16:00")]) }, Given.At));
        closed.FollowHours(Given.At).Should().BeTrue();

        Among(Scope, closed).Should().BeEmpty();
    }

    [Fact]
    public void Tell_how_they_are_opened() => new PausedTarget("t2-a").ToString().Should().Be(
        "t2-a is paused. Payments that the switch leads there wait until an operator opens its gate "
        + "(channel resume t2-a)");

    [Theory]
    [InlineData(2, "psn", "", true)]
    [InlineData(2, "psn", "NE001", true)]
    [InlineData(2, "psn", "NE009", false)]
    [InlineData(1, "psn", "", false)]
    [InlineData(2, "other", "", false)]
    public void Are_suspended_with_their_track_where_the_areas_meet(int track, string programme, string areas,
        bool warned)
    {
        var suspended = new SuspendedScope(new SuspensionId(Guid.CreateVersion7(Given.At)), programme,
            areas.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(), track);

        var targets = SuspendedTarget.Among([suspended], Scope with { Areas = ["NE001"] });

        targets.Select(target => target.ToString()).Should().BeEquivalentTo(warned
            ? [$"Track 2 is suspended for some of these payments. What the switch leads there waits until an operator "
                + $"ends that (track resume {suspended.Id})"]
            : Array.Empty<string>());
    }

    private static IEnumerable<string> Among(SwitchScope scope, params Channel[] channels) =>
        PausedTarget.Among(Table, scope, channels).Select(one => one.Channel);

    private static Channel Paused(string code, int track = 2)
    {
        var channel = Given.Channel(code, track);
        channel.Pause("operator is down", Given.At);
        return channel;
    }
}
