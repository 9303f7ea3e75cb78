using TwinTrack.Routing.Domain.Switches;

namespace TwinTrack.Domain.Tests.Routing;

public sealed class A_running_answer_about_a_stop
{
    private static readonly RunningAnswer Proof = new(40, Given.At, null, null, null);

    [Fact]
    public void Is_complete_with_proof_withdrawals_and_recalls()
    {
        var channel = Stopped();

        channel.IsComplete.Should().BeFalse();
        channel.Take(Proof).Should().BeTrue();
        channel.IsComplete.Should().BeFalse();
        channel.Take(Proof with { Withdrawn = 0 }).Should().BeTrue();
        channel.IsComplete.Should().BeFalse();
        channel.Take(Proof with { Withdrawn = 0, RecallsAsked = 0, NotRecallable = 2 }).Should().BeTrue();
        channel.IsComplete.Should().BeTrue();
    }

    [Fact]
    public void That_comes_again_or_late_adds_nothing()
    {
        var channel = Stopped();
        channel.Take(Proof with { Withdrawn = 5, RecallsAsked = 1, NotRecallable = 2 });

        channel.Take(Proof).Should().BeFalse();
        channel.Take(new RunningAnswer(99, Given.At.AddDays(1), 7, 8, 9)).Should().BeFalse();

        (channel.LastSequence, channel.ProvedAt, channel.Withdrawn, channel.RecallsAsked, channel.NotRecallable)
            .Should().Be((40, Given.At, 5, 1, 2));
    }

    private static StoppedChannel Stopped() =>
        new() { SwitchId = Given.Swi, Channel = "t1-momo", Epoch = 2 };
}
