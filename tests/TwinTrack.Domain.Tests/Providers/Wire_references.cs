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

    [Fact]
    public void Of_an_order_and_of_its_obligation_are_the_digits_of_their_ids()
    {
        var id = new Guid("0198C0FF-EE01-98C0-FFEE-0198C0FFEE01");

        WireReference.Of(InstructionId.From(id)).Should().Be("0198c0ffee0198c0ffee0198c0ffee01");
        WireReference.Of(ObligationId.From(id)).Should().Be("0198c0ffee0198c0ffee0198c0ffee01");
        WireReference.OfUnit(id).Should().Be("U0198C0FFEE0198C0FFEE0198C0FFEE01");
    }

    [Fact]
    public void Are_read_with_blanks_around_them()
    {
        WireReference.TryRead(" 0198c0ffee0198c0ffee0198c0ffee01\n", out var read).Should().BeTrue();
        read.Value.Should().Be(new Guid("0198c0ff-ee01-98c0-ffee-0198c0ffee01"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("NOTPROVIDED")]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("0198c0ff-ee01-98c0-ffee-0198c0ffee01")]
    public void That_are_not_ours_are_no_order(string? text)
    {
        WireReference.TryRead(text, out var none).Should().BeFalse();
        none.Should().Be(default(InstructionId));
    }

    [Fact]
    public void Of_a_unit_fit_every_protocol() =>
        WireReference.OfUnit(InstructionId.New(TimeProvider.System).Value).Should().MatchRegex("^[A-Z0-9]{33}$");
}
