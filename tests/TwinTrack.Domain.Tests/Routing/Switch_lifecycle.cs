using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Switches;

namespace TwinTrack.Domain.Tests.Routing;

public sealed class Switch_lifecycle
{
    private const string Picture = """
                   Rehearse  Carry  Reject   Withdraw  Expire  Invalidate Stop     Move   Pay    Watch    Close  Abort
        Proposed   Rehearsed .      .        Withdrawn Expired .          .        .      .      .        .      .
        Rehearsed  Rehearsed Voted  Rejected Withdrawn Expired .          .        .      .      .        .      .
        Voted      .         .      .        .         .       Voided     Stopping .      .      .        .      Aborted
        Stopping   .         .      .        .         .       .          .        Moving .      .        .      Aborted
        Moving     .         .      .        .         .       Voided     .        .      Paying .        .      Aborted
        Paying     .         .      .        .         .       Voided     .        .      .      Watching .      Aborted
        Watching   .         .      .        .         .       Voided     .        .      .      .        Closed Aborted
        Closed     .         .      .        .         .       .          .        .      .      .        .      .
        Rejected   .         .      .        .         .       .          .        .      .      .        .      .
        Withdrawn  .         .      .        .         .       .          .        .      .      .        .      .
        Expired    .         .      .        .         .       .          .        .      .      .        .      .
        Voided     .         .      .        .         .       .          .        .      .      .        .      .
        Aborted    .         .      .        .         .       .          .        .      .      .        .      .
        """;

    [Fact]
    public void Every_cell_of_the_picture_is_what_the_table_says() =>
        Lifecycle_picture.Compare(Picture, SwitchLifecycle.Table);

    [Fact]
    public void Nothing_moves_that_was_not_voted_and_stopped()
    {
        SwitchLifecycle.Table.Sources(SwitchTrigger.Move).Should().Equal(SwitchState.Stopping);
        SwitchLifecycle.Table.Sources(SwitchTrigger.Stop).Should().Equal(SwitchState.Voted);
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
}
