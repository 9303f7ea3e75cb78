using TwinTrack.Routing.Domain.Switches;

namespace TwinTrack.Domain.Tests.Routing;

public sealed class Payments_by_their_state
{
    [Theory]
    [InlineData(CountedState.Planned, "")]
    [InlineData(CountedState.Released, "live")]
    [InlineData(CountedState.Withdrawn, "freed")]
    [InlineData(CountedState.Sent, "live unanswered")]
    [InlineData(CountedState.Accepted, "live unanswered")]
    [InlineData(CountedState.InDoubt, "live unanswered")]
    [InlineData(CountedState.Settled, "")]
    [InlineData(CountedState.Returned, "freed")]
    [InlineData(CountedState.Rejected, "freed")]
    [InlineData(CountedState.Recalled, "freed")]
    [InlineData(CountedState.Abandoned, "freed")]
    [InlineData(CountedState.SettledLate, "")]
    public void Are_free_to_be_paid_again_or_may_still_be_paid_and_never_both(CountedState state, string what) =>
        string.Join(' ', new[]
        {
            Dispositions.IsFreed(state) ? "freed" : null,
            Dispositions.IsLive(state) ? "live" : null,
            Dispositions.IsUnanswered(state) ? "unanswered" : null,
        }.OfType<string>()).Should().Be(what);
}
