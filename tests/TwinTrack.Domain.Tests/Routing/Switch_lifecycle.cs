using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Switches;

namespace TwinTrack.Domain.Tests.Routing;

public sealed class Switch_lifecycle
{
    private const string Picture = """
                   Rehearse  Carry  Reject   Withdraw  Expire  Invalidate Stop     Move   Pay    Watch    Close
        Proposed   Rehearsed .      .        Withdrawn Expired .          .        .      .      .        .
        Rehearsed  Rehearsed Voted  Rejected Withdrawn Expired .          .        .      .      .        .
        Voted      .         .      .        .         .       Voided     Stopping .      .      .        .
        Stopping   .         .      .        .         .       .          .        Moving .      .        .
        Moving     .         .      .        .         .       Voided     .        .      Paying .        .
        Paying     .         .      .        .         .       Voided     .        .      .      Watching .
        Watching   .         .      .        .         .       Voided     .        .      .      .        Closed
        Closed     .         .      .        .         .       .          .        .      .      .        .
        Rejected   .         .      .        .         .       .          .        .      .      .        .
        Withdrawn  .         .      .        .         .       .          .        .      .      .        .
        Expired    .         .      .        .         .       .          .        .      .      .        .
        Voided     .         .      .        .         .       .          .        .      .      .        .
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
}
