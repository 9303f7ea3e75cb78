using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Switches;

namespace TwinTrack.Domain.Tests.Routing;

public sealed class Switch_lifecycle
{
    private const string Picture = """
                   Rehearse  Carry  Reject   Withdraw  Expire  Invalidate Fence  TakeSnapshot Recall    Move   Pay    Watch    Close  Abort
        Proposed   Rehearsed .      .        Withdrawn Expired .          .      .            .         .      .      .        .           .
        Rehearsed  Rehearsed Voted  Rejected Withdrawn Expired .          .      .            .         .      .      .        .           .
        Voted      .         .      .        .         .       Voided     Fenced .            .         .      .      .        .           Aborted
        Fenced     .         .      .        .         .       .          .      Snapshot     .         .      .      .        .           Aborted
        Snapshot   .         .      .        .         .       .          .      .            Recalling .      .      .        .           Aborted
        Recalling  .         .      .        .         .       .          .      .            .         Moving .      .        .           Aborted
        Moving     .         .      .        .         .       Voided     .      .            .         .      Paying .        .           Aborted
        Paying     .         .      .        .         .       Voided     .      .            .         .      .      Watching .           Aborted
        Watching   .         .      .        .         .       Voided     .      .            .         .      .      .        Closed      Aborted
        Closed     .         .      .        .         .       .          .      .            .         .      .      .        .           .
        Rejected   .         .      .        .         .       .          .      .            .         .      .      .        .           .
        Withdrawn  .         .      .        .         .       .          .      .            .         .      .      .        .           .
        Expired    .         .      .        .         .       .          .      .            .         .      .      .        .           .
        Voided     .         .      .        .         .       .          .      .            .         .      .      .        .           .
        Aborted    .         .      .        .         .       .          .      .            .         .      .      .        .      .
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
    public void From_every_state_somebody_may_act_so_that_it_comes_to_rest()
    {
        SwitchTrigger[] acts = [SwitchTrigger.Withdraw, SwitchTrigger.Abort];
        foreach (var state in Enum.GetValues<SwitchState>())
        {
            var rests = acts.Select(act => SwitchLifecycle.Table.Next(state, act)).OfType<Result<SwitchState>.Ok>()
                .Select(next => next.Value).ToList();
            var leaves = Enum.GetValues<SwitchTrigger>()
                .Any(trigger => SwitchLifecycle.Table.Next(state, trigger) is Result<SwitchState>.Ok);

            rests.Should().HaveCount(leaves ? 1 : 0, $"{state} is left by one act of people, or it is at rest");
            rests.Exists(rest => Enum.GetValues<SwitchTrigger>()
                .Any(trigger => SwitchLifecycle.Table.Next(rest, trigger) is Result<SwitchState>.Ok)).Should()
                .BeFalse("a state of rest is final");
        }
    }

    [Fact]
    public void A_switch_is_open_in_progress_or_at_rest()
    {
        SwitchState[] rest = [SwitchState.Closed, SwitchState.Rejected, SwitchState.Withdrawn, SwitchState.Expired,
            SwitchState.Voided, SwitchState.Aborted];

        SwitchLifecycle.Open.Concat(SwitchLifecycle.InProgress).Concat(rest).Should()
            .BeEquivalentTo(Enum.GetValues<SwitchState>());
        SwitchLifecycle.Leaving.Concat(SwitchLifecycle.Diverting).Should().Equal(SwitchLifecycle.InProgress);
    }

    [Fact]
    public void Nothing_moves_that_was_not_voted_fenced_and_counted() =>
        SwitchLifecycle.Table.Sources(SwitchTrigger.Move).Should().Equal(SwitchState.Recalling);
}
