using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Domain.Tests.Providers;

public sealed class Wire_references
{
    [Fact]
    public void Of_an_order_are_read_back_also_in_capitals()
    {
        var id = InstructionId.New(TimeProvider.System);

        WireReference.TryRead(WireReference.Of(id).ToUpperInvariant(), out var read).Should().BeTrue();
        read.Should().Be(id);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("NOTPROVIDED")]
    [InlineData("00000000000000000000000000000000")]
    public void That_are_not_ours_are_no_order(string? text) => WireReference.TryRead(text, out _).Should().BeFalse();

    [Fact]
    public void Of_a_unit_fit_every_protocol() =>
        WireReference.OfUnit(InstructionId.New(TimeProvider.System).Value).Should().MatchRegex("^[A-Z0-9]{33}$");
}
