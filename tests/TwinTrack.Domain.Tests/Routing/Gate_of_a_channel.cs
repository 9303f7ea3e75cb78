using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;

namespace TwinTrack.Domain.Tests.Routing;

public sealed class Gate_of_a_channel
{
    private static readonly DateTimeOffset Later = Given.At.AddMinutes(5);

    /// <summary>Shut from Given.At, a Sunday, until Monday at eight.</summary>
    private static readonly OpeningHours Monday = new([new(["mon"], "08:00", "16:00")]);

    [Theory]
    [InlineData(0, "channel.invalid")]
    [InlineData(1, "")]
    [InlineData(500, "")]
    [InlineData(501, "channel.invalid")]
    public void Is_paused_with_a_reason_of_1_to_500_characters(int length, string code) =>
        Given.CodeOf(Given.Channel("c").Pause(new string('x', length), Given.At)).Should().Be(code);

    [Fact]
    public void Is_not_paused_in_the_words_that_the_opening_hours_use()
    {
        var channel = Given.Channel("c");

        Given.CodeOf(channel.Pause("outside hours", Given.At)).Should().Be("channel.invalid");
        channel.Gate.Should().Be(Gate.Open, "such a pause would end by itself");
    }

    [Fact]
    public void Is_told_to_close_by_a_pause_with_a_number_and_a_time()
    {
        var channel = Given.Channel("c");
        channel.CommandedAt.Should().Be(Given.At);

        channel.Pause("queue is full", Later);

        channel.Gate.Should().Be(Gate.Closing);
        channel.PauseReason.Should().Be("queue is full");
        channel.CommandNumber.Should().Be(1);
        channel.CommandedAt.Should().Be(Later);
    }

    [Fact]
    public void Is_not_paused_twice_while_it_closes_or_is_closed()
    {
        var channel = Given.Channel("c");
        channel.Pause("first", Given.At);

        Given.CodeOf(channel.Pause("second", Later)).Should().Be("channel.already_closed");
        channel.Confirm(GateTrigger.ConfirmClosed, 1, 40, Given.At);
        Given.CodeOf(channel.Pause("second", Later)).Should().Be("channel.already_closed");

        channel.PauseReason.Should().Be("first");
        channel.CommandNumber.Should().Be(1);
    }

    [Fact]
    public void Is_paused_again_while_it_is_being_opened()
    {
        var channel = Closed();
        channel.Resume(Later);
        channel.Gate.Should().Be(Gate.Opening);

        Given.CodeOf(channel.Pause("again", Later)).Should().BeEmpty();
        channel.Gate.Should().Be(Gate.Closing);
    }

    [Fact]
    public void Gives_its_proof_with_the_closing_and_loses_it_with_the_opening()
    {
        var channel = Closed();
        (channel.LastSequence, channel.ClosedSince).Should().Be((40, Given.At));

        channel.Resume(Later);

        (channel.LastSequence, channel.ClosedSince).Should().Be((null, null));
        channel.PauseReason.Should().BeNull();
        channel.CommandNumber.Should().Be(2);
        channel.Confirm(GateTrigger.ConfirmOpen, 2, null, Later.AddMinutes(1));
        channel.Gate.Should().Be(Gate.Open);
        (channel.LastSequence, channel.ClosedSince, channel.CommandedAt).Should().Be((null, null, Later.AddMinutes(1)));
    }

    [Fact]
    public void Keeps_no_proof_of_a_closing_when_it_shall_be_open()
    {
        var channel = Closed();
        channel.Resume(Given.At);

        channel.Confirm(GateTrigger.ConfirmClosed, 2, 41, Later);

        channel.Gate.Should().Be(Gate.Opening);
        (channel.LastSequence, channel.ClosedSince, channel.CommandedAt).Should().Be((null, null, Later));
    }

    [Fact]
    public void Is_opened_only_from_closed()
    {
        var channel = Given.Channel("c");

        Given.CodeOf(channel.Resume(Given.At)).Should().Be("channel.not_closed");
        channel.Pause("queue is full", Given.At);
        Given.CodeOf(channel.Resume(Given.At)).Should().Be("channel.not_closed");
        channel.PauseReason.Should().Be("queue is full", "a refused opening changes nothing");
    }

    [Fact]
    public void Counts_each_stop_as_an_epoch_and_stays_open_or_closed()
    {
        var (open, closed) = (Given.Channel("c"), Closed());

        (open.BeginEpoch(), open.BeginEpoch(), closed.BeginEpoch()).Should().Be((2, 3, 2));

        (open.Epoch, open.Gate, closed.Gate).Should().Be((3, Gate.Open, Gate.Closed));
        open.AsRoute().Epoch.Should().Be(3, "what is routed from now on is newer than the stop");
    }

    [Fact]
    public void Takes_a_repeated_command_as_the_last_time_it_was_told()
    {
        var channel = Given.Channel("c");

        channel.CommandedAgain(Later);

        channel.CommandedAt.Should().Be(Later);
        channel.CommandNumber.Should().Be(0);
    }

    [Fact]
    public void Paused_is_a_route_that_waits_and_stopped_is_a_route()
    {
        var channel = Given.Channel("c");
        channel.AsRoute().Paused.Should().BeFalse();

        channel.BeginEpoch();
        channel.AsRoute().Paused.Should().BeFalse("a stop is of a scope, and the gate is open");
        channel.Pause("queue is full", Given.At);
        channel.AsRoute().Paused.Should().BeTrue();
        channel.Confirm(GateTrigger.ConfirmClosed, 1, 40, Given.At);
        channel.AsRoute().Paused.Should().BeTrue();
    }

    [Fact]
    public void Is_closed_by_the_hours_only_once_and_only_outside_them()
    {
        var channel = WithHours();
        channel.FollowHours(Given.At.AddDays(1)).Should().BeFalse("it is Monday and the gate is open");

        channel.FollowHours(Given.At).Should().BeTrue();
        channel.PauseReason.Should().Be("outside hours");
        channel.FollowHours(Later).Should().BeFalse("it is closing");
        channel.CommandNumber.Should().Be(1);
    }

    [Fact]
    public void Is_closed_by_the_hours_while_it_is_being_opened()
    {
        var channel = WithHours();
        channel.Pause("queue is full", Given.At);
        channel.Confirm(GateTrigger.ConfirmClosed, 1, 40, Given.At);
        channel.Resume(Given.At);

        channel.FollowHours(Given.At).Should().BeTrue();
        channel.Gate.Should().Be(Gate.Closing);
    }

    [Fact]
    public void Paused_by_a_person_is_not_opened_by_the_hours()
    {
        var channel = WithHours();
        channel.Pause("fraud suspected", Given.At);
        channel.Confirm(GateTrigger.ConfirmClosed, 1, 40, Given.At);

        channel.FollowHours(Given.At.AddDays(1)).Should().BeFalse();
        channel.Gate.Should().Be(Gate.Closed);
    }

    [Fact]
    public void Stays_closed_beyond_the_hours_when_a_person_pauses_while_it_closes()
    {
        var channel = WithHours();
        channel.FollowHours(Given.At);

        Given.CodeOf(channel.Pause("fraud suspected", Later)).Should().BeEmpty();

        channel.PauseReason.Should().Be("fraud suspected");
        channel.CommandNumber.Should().Be(1, "the gate has its command");
        Given.CodeOf(channel.Pause("again", Later)).Should().Be("channel.already_closed");
    }

    private static Channel Closed()
    {
        var channel = Given.Channel("c");
        channel.Pause("queue is full", Given.At);
        channel.Confirm(GateTrigger.ConfirmClosed, 1, 40, Given.At);
        return channel;
    }

    private static Channel WithHours() =>
        Channel.Register("c", Given.Terms() with { Hours = Monday }, Given.At);
}
