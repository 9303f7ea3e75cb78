using TwinTrack.Providers.Domain;

namespace TwinTrack.Domain.Tests.Providers;

public sealed class An_order_that_is_left_out
{
    [Fact]
    public void Of_the_first_call_was_provably_never_sent() =>
        UnsentCode.VerdictOf("UNFIT_ACCOUNT", again: false).Should()
            .Be(new Verdict(Outcome.Rejected, Grade.A, "NEVER_SENT_UNFIT_ACCOUNT"));

    [Fact]
    public void Of_a_repeated_call_may_have_been_sent_and_nothing_says_otherwise()
    {
        var verdict = UnsentCode.VerdictOf("UNFIT_ACCOUNT", again: true);

        verdict.Should().Be(Verdict.Unknown("UNFIT_ACCOUNT"));
        verdict.Code.Should().NotContain(UnsentCode.Prefix);
    }
}
