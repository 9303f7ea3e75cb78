using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;

namespace TwinTrack.Domain.Tests.Routing;

public sealed class Gate_lifecycle
{
    private const string Picture = """
                 Close   ConfirmClosed Reopen  ConfirmOpen
        Open     Closing Opening       .       .
        Closing  Closing Closed        .       Closing
        Closed   Closing .             Opening Closing
        Opening  Closing Opening       .       Open
        """;

    private static readonly DateTimeOffset At = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Every_cell_of_the_picture_is_what_the_table_says() =>
        Lifecycle_picture.Compare(Picture, GateLifecycle.Table);

    [Fact]
    public void A_pause_keeps_the_epoch_and_a_stop_raises_it_and_moves_no_gate()
    {
        var channel = Given.Channel("t1-momo");

        channel.Pause("queue is full", At).Should().BeOfType<Result<Channel>.Ok>();
        channel.Epoch.Should().Be(1);
        channel.Confirm(GateTrigger.ConfirmClosed, 1, 40, At);
        channel.LastSequence.Should().Be(40);

        channel.BeginEpoch().Should().Be(2);

        (channel.Epoch, channel.Gate, channel.LastSequence).Should().Be((2, Gate.Closed, 40));
        channel.CommandNumber.Should().Be(1, "a stop is no command to the gate");
        channel.PauseReason.Should().Be("queue is full");
    }

    [Fact]
    public void A_pause_is_proved_although_a_stop_came_between()
    {
        var channel = Given.Channel("t1-momo");
        channel.Pause("queue is full", At);
        channel.BeginEpoch();

        channel.Confirm(GateTrigger.ConfirmClosed, 1, 40, At);

        channel.Gate.Should().Be(Gate.Closed);
    }

    [Fact]
    public void A_proof_of_an_older_pause_proves_nothing_about_this_one()
    {
        var channel = Given.Channel("t1-momo");
        channel.Pause("queue is full", At);
        channel.Confirm(GateTrigger.ConfirmClosed, 1, 40, At);
        channel.Resume(At);
        channel.Confirm(GateTrigger.ConfirmOpen, 2, null, At);
        channel.Pause("full again", At);

        channel.Confirm(GateTrigger.ConfirmClosed, 1, 40, At);
        channel.Confirm(GateTrigger.ConfirmOpen, 2, null, At);

        channel.Gate.Should().Be(Gate.Closing);
        channel.Confirm(GateTrigger.ConfirmClosed, 3, 55, At);
        channel.LastSequence.Should().Be(55);
    }

    [Fact]
    public void The_same_proof_twice_is_one_proof()
    {
        var channel = Given.Channel("t1-momo");
        channel.Pause("queue is full", At);
        channel.Confirm(GateTrigger.ConfirmClosed, 1, 40, At);

        channel.Confirm(GateTrigger.ConfirmClosed, 1, 41, At.AddMinutes(1));

        channel.LastSequence.Should().Be(40);
        channel.ClosedSince.Should().Be(At);
    }

    [Fact]
    public void Track_adapter_and_currency_do_not_change() =>
        Given.CodeOf(Given.Channel("t1-momo").Change(Given.Terms(track: 2))).Should().Be("channel.fixed");

    [Fact]
    public void An_adapter_pays_only_what_its_protocol_can() =>
        Given.CodeOf(Given.Channel("t1-momo").Change(Given.Terms() with { Instruments = [Instrument.Cash] })).Should()
            .Be("channel.invalid");

    [Fact]
    public void A_contract_covers_more_than_the_adapter_pays_and_the_rest_is_not_routed()
    {
        var channel = Channel.Register("t1-momo",
            Given.Terms() with { Instruments = [Instrument.Mobile, Instrument.Cash] }, At);

        Given.Declared(channel).AsRoute().Instruments.Should().Equal(Instrument.Mobile);
    }

    [Fact]
    public void An_older_declaration_of_abilities_changes_nothing()
    {
        var channel = Given.Channel("t1-momo");

        channel.Declare(null, "connection.missing: none", At.AddSeconds(-1));
        channel.Abilities.Should().Be(Given.Abilities);
        channel.Declare(null, "connection.missing: none", At.AddSeconds(1));
        channel.Abilities.Should().BeNull("what was said last counts");
        channel.AsRoute().Undeclared.Should().Be("connection.missing: none");
        Channel.MayStillDeclare("connection.missing: none").Should().BeTrue("it can be connected");
        Channel.MayStillDeclare(Channel.NotDeclaredYet).Should().BeTrue("the answer is on its way");
        Channel.MayStillDeclare("adapter.missing: none").Should().BeFalse("only another build has it");
    }
}
