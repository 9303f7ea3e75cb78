using TwinTrack.Kernel;

namespace TwinTrack.Domain.Tests.Kernel;

public sealed class A_refusal
{
    [Theory]
    [InlineData("", "The amount is zero.")]
    [InlineData("money.zero", "")]
    [InlineData("money.zero", " ")]
    public void Has_a_code_and_a_reason(string code, string reason)
    {
        var refuse = () => new Refusal(code, reason);

        refuse.Should().Throw<ArgumentException>();
    }
}
