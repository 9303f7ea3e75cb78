using TwinTrack.Routing.Domain.Switches;

namespace TwinTrack.Domain.Tests.Routing;

public sealed class Switch_lifecycle
{
    private const string Picture = """
                   Rehearse  Carry  Reject   Withdraw  Expire  Invalidate Fence  TakeSnapshot Recall    Move   Pay    Watch    Close
        Proposed   Rehearsed .      .        Withdrawn Expired .          .      .            .         .      .      .        .
        Rehearsed  Rehearsed Voted  Rejected Withdrawn Expired .          .      .            .         .      .      .        .
        Voted      .         .      .        .         .       Voided     Fenced .            .         .      .      .        .
        Fenced     .         .      .        .         .       .          .      Snapshot     .         .      .      .        .
        Snapshot   .         .      .        .         .       .          .      .            Recalling .      .      .        .
        Recalling  .         .      .        .         .       .          .      .            .         Moving .      .        .
        Moving     .         .      .        .         .       Voided     .      .            .         .      Paying .        .
        Paying     .         .      .        .         .       Voided     .      .            .         .      .      Watching .
        Watching   .         .      .        .         .       Voided     .      .            .         .      .      .        Closed
        Closed     .         .      .        .         .       .          .      .            .         .      .      .        .
        Rejected   .         .      .        .         .       .          .      .            .         .      .      .        .
        Withdrawn  .         .      .        .         .       .          .      .            .         .      .      .        .
        Expired    .         .      .        .         .       .          .      .            .         .      .      .        .
        Voided     .         .      .        .         .       .          .      .            .         .      .      .        .
        """;

    [Fact]
    public void Every_cell_of_the_picture_is_what_the_table_says() =>
        Lifecycle_picture.Compare(Picture, SwitchLifecycle.Table);

    [Fact]
    public void One_of_all_areas_holds_its_channels_until_it_ends_and_one_of_some_until_it_moves()
    {
        var all = Enum.GetValues<SwitchState>();

        all.Where(state => SwitchLifecycle.Holds(state, someAreasOnly: false)).Should()
            .Equal(SwitchLifecycle.InProgress);
        all.Where(state => SwitchLifecycle.Holds(state, someAreasOnly: true)).Should()
            .Equal(SwitchState.Voted, SwitchState.Fenced, SwitchState.Snapshot, SwitchState.Recalling);
    }

    [Fact]
    public void Its_channels_are_closed_until_it_ends_and_busy_until_it_watches()
    {
        SwitchState[] busy = [SwitchState.Voted, SwitchState.Fenced, SwitchState.Snapshot, SwitchState.Recalling,
            SwitchState.Moving, SwitchState.Paying];

        SwitchLifecycle.Busy.Should().Equal(busy);
        SwitchLifecycle.InProgress.Should().Equal([.. busy, SwitchState.Watching]);
    }

    [Fact]
    public void Nothing_moves_that_was_not_voted_fenced_and_counted() =>
        SwitchLifecycle.Table.Sources(SwitchTrigger.Move).Should().Equal(SwitchState.Recalling);
}
