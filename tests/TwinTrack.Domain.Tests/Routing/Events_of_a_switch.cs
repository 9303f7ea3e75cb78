using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Rules;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Domain.Tests.Routing;

/// <summary>The table of states and events: each cell against the lifecycle and against the router.</summary>
public sealed class Events_of_a_switch
{
    private const string Picture = """
                  SecondSuspension TargetSuspended TrackSuspended TargetTrackSuspended Return PartnerCloses Withdraw  Abort   Expiry  ListChanged PaymentsSettled
        Proposed  .                .               .              .                    .      .             Withdrawn .       Expired .           .
        Rehearsed .                .               .              .                    .      .             Withdrawn .       Expired .           .
        Voted     .                .               .              .                    .      .             .         Aborted .       Voided      .
        Stopping  .                .               .              .                    .      .             .         Aborted .       .           .
        Moving    .                .               .              .                    .      .             .         Aborted .       Voided      Paying
        Paying    .                .               .              .                    .      .             .         Aborted .       Voided      Watching
        Watching  .                .               .              .                    .      .             .         Aborted .       Voided      Closed
        Closed    .                .               .              .                    .      .             .         .       .       .           .
        Rejected  .                .               .              .                    .      .             .         .       .       .           .
        Withdrawn .                .               .              .                    .      .             .         .       .       .           .
        Expired   .                .               .              .                    .      .             .         .       .       .           .
        Voided    .                .               .              .                    .      .             .         .       .       .           .
        Aborted   .                .               .              .                    .      .             .         .       .       .           .
        """;

    private static readonly Overlay Out = Given.Overlay("t1-momo");
    private static readonly Overlay Back = Given.Overlay("t2-agency", 1, id: new(Guid.Empty));

    [Fact]
    public void Change_the_state_as_drawn_by_hand() => TwinTrack.Domain.Tests.Picture.Compare(
        Picture, Enum.GetValues<SwitchState>(), Enum.GetValues<SwitchEvent>(),
        (state, on) => Cell(state, on) is var cell && cell.Becomes == state ? "." : cell.Becomes.ToString());

    public static TheoryData<SwitchState, SwitchEvent> Cells() =>
        [.. SwitchEvents.Table.Select(cell => (cell.State, cell.Event))];

    [Theory]
    [MemberData(nameof(Cells))]
    public void Lead_what_has_not_left_as_the_cell_says(SwitchState state, SwitchEvent on)
    {
        var cell = Cell(state, on);
        var route = After(cell);

        (route.Channel?.Track switch { 1 => UnsentRoute.Track1, 2 => UnsentRoute.Track2, _ => UnsentRoute.Waits })
            .Should().Be(cell.NotLeft, route.Why);
        (route.Channel is not null || route.Reason > RouteReason.NoChannel).Should().BeTrue("who waits has a reason");
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Leave_an_act_to_somebody_or_the_switch_at_rest(SwitchState state, SwitchEvent on)
    {
        var cell = Cell(state, on);
        SwitchTrigger[] acts = [SwitchTrigger.Withdraw, SwitchTrigger.Abort];

        (cell.UnderWay.Length > 0 && cell.MayAct.Length > 0).Should().BeTrue();
        foreach (var act in acts.Where(act => SwitchLifecycle.Table.Next(cell.Becomes, act) is Result<SwitchState>.Ok))
        {
            cell.MayAct.Should().Contain(act == SwitchTrigger.Abort ? "switch abort" : "switch ", cell.MayAct);
        }
    }

    [Fact]
    public void Stand_in_the_table_once_for_each_state() =>
        SwitchEvents.Table.Select(cell => (cell.State, cell.Event)).Should().OnlyHaveUniqueItems().And.HaveCount(
            Enum.GetValues<SwitchState>().Length * Enum.GetValues<SwitchEvent>().Length);

    private static SwitchEventEffect Cell(SwitchState state, SwitchEvent on) =>
        SwitchEvents.Table.Single(cell => cell.State == state && cell.Event == on);

    private static SuspendedScope Suspended(int track) =>
        new(new SuspensionId(Guid.Empty), "psn", new HashSet<string>(), track);

    /// <summary>The route of a covered payment after the event, in the world that the state leaves behind.</summary>
    private static Route After(SwitchEventEffect cell)
    {
        var (state, on) = (cell.Becomes, cell.Event);
        var routes = SwitchLifecycle.Diverting.Contains(state) || state == SwitchState.Closed;
        var returns = on == SwitchEvent.Return && !SwitchLifecycle.Leaving.Contains(state);
        RouteChannel[] channels =
        [
            Given.Way("t1-momo", 1, paused: on == SwitchEvent.SecondSuspension),
            Given.Way("t2-agency", 2, paused: on == SwitchEvent.TargetSuspended),
        ];
        return Router.Route(
            new RouteRequest("psn", Given.Cycle, "NE001", Instrument.Mobile, "XOF"),
            Given.Table(("* * *", "t1-momo t2-agency")), channels.ToDictionary(channel => channel.Code),
            [.. routes ? [Out] : (Overlay[])[], .. returns ? [Back] : (Overlay[])[]],
            RuleGiven.Terms(on != SwitchEvent.PartnerCloses ? []
                : [(RuleKind.Decline, "D-1", new Decline("t2-agency", ["*"], [], "the partner has closed"))]) with
            {
                Leaving = SwitchLifecycle.Leaving.Contains(state) ? [Out] : [],
                Suspended = on switch
                {
                    SwitchEvent.TrackSuspended => [Suspended(1)],
                    SwitchEvent.TargetTrackSuspended => [Suspended(2)],
                    _ => [],
                },
            });
    }
}
