using TwinTrack.Payments.Domain;

namespace TwinTrack.Domain.Tests.Payments;

public sealed class A_report_after_a_withdrawal
{
    [Theory]
    [InlineData(InstructionTrigger.Send)]
    [InlineData(InstructionTrigger.Accept)]
    public void That_it_left_all_the_same_is_a_contradiction(InstructionTrigger trigger)
    {
        var effect = ReportRule.Apply(InstructionState.Withdrawn, 100, 0, trigger, 100);

        effect.Steps.Should().BeEmpty();
        effect.Contradiction.Should().Be(Contradiction.TwoWords);
    }
}
