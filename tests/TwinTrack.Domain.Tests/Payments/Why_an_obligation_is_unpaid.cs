using TwinTrack.Payments.Domain;

namespace TwinTrack.Domain.Tests.Payments;

public sealed class Why_an_obligation_is_unpaid
{
    [Theory]
    [InlineData(InstructionState.Rejected, "AC04", "rejected: AC04")]
    [InlineData(InstructionState.Withdrawn, null, "withdrawn: no code")]
    [InlineData(InstructionState.Recalled, "CNCL", "recalled: CNCL")]
    public void Is_how_the_last_attempt_ended_and_the_providers_code(
        InstructionState freed, string? code, string reason) =>
        UnpaidReason.Of(freed, code).Should().Be(reason);

    [Fact]
    public void Says_when_two_parties_gave_the_last_attempt_up() =>
        UnpaidReason.Forced.Should().Be("abandoned: FORCED");

    [Fact]
    public void Says_when_no_channel_reaches_it() =>
        UnpaidReason.NoChannel("area is closed").Should().Be("no_channel: area is closed");

    [Theory]
    [InlineData(189, 199)]
    [InlineData(190, 200)]
    [InlineData(191, 200)]
    public void Is_cut_at_two_hundred_characters(int codeLength, int length) =>
        UnpaidReason.Of(InstructionState.Rejected, new string('x', codeLength)).Should().HaveLength(length)
            .And.StartWith("rejected: x");

    [Fact]
    public void Is_cut_also_where_routing_gave_it() =>
        UnpaidReason.NoChannel(new string('x', 300)).Should().HaveLength(200).And.StartWith("no_channel: x");
}
