using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Domain.Tests.Routing;

public sealed class Channels_that_a_switch_may_find_closed
{
    private static readonly SwitchScope Scope = Given.Proposal().Scope;

    private static readonly RoutingTable Table = Given.Table(
        ("* psn *", "t1-momo t2-b t2-a"), ("NE001 * *", "t2-c"), ("NE001 other *", "t2-d"));

    [Fact]
    public void Are_those_of_the_target_track_in_rows_of_the_programme_by_code()
    {
        var (held, anyOpen) = Among(Fenced("t2-b"), Fenced("t2-a"), Fenced("t2-c"), Fenced("t2-d"),
            Fenced("t2-z"), Fenced("t1-momo", 1));

        held.Select(one => one.Channel).Should().Equal("t2-a", "t2-b", "t2-c");
        anyOpen.Should().BeFalse("a channel of another programme or track helps nobody");
    }

    [Fact]
    public void Do_not_matter_while_another_is_open()
    {
        var (held, anyOpen) = Among(Fenced("t2-b"), Given.Channel("t2-a", 2));

        held.Should().Equal(new FencedTarget("t2-b", Given.Swi, Ended: false));
        anyOpen.Should().BeTrue();
    }

    [Fact]
    public void Are_no_obstacle_where_the_table_names_no_target() =>
        FencedTarget.Among(RoutingTable.None, Scope, [Fenced("t2-a")], new HashSet<SwitchId>()).Should()
            .Match<(IReadOnlyList<FencedTarget> Fenced, bool AnyOpen)>(
            found => found.Fenced.Count == 0 && found.AnyOpen);

    [Fact]
    public void Tell_whether_their_switch_still_holds_them_and_how_to_open_them()
    {
        var ended = FencedTarget.Among(Table, Scope, [Fenced("t2-a")], new HashSet<SwitchId>()).Fenced.Single();
        var running = Among(Fenced("t2-a")).Fenced.Single();

        ended.ToString().Should().Be(
            $"t2-a has been closed since switch {Given.Swi}, and an operator opens it (channel resume t2-a)");
        running.ToString().Should().Be($"t2-a is closed by switch {Given.Swi}, which still holds it; "
            + "when it does not, an operator opens the channel (channel resume t2-a)");
        SwitchRefusals.TargetFenced(2, [ended, ended]).Reason.Should()
            .Be($"No channel of track 2 could pay: {ended}; {ended}. Nothing was proposed; open a channel first.");
    }

    private static (IReadOnlyList<FencedTarget> Fenced, bool AnyOpen) Among(params Channel[] channels) =>
        FencedTarget.Among(Table, Scope, channels, new HashSet<SwitchId> { Given.Swi });

    private static Channel Fenced(string code, int track = 2)
    {
        var channel = Given.Channel(code, track);
        channel.Fence(Given.Swi, Given.At);
        return channel;
    }
}
