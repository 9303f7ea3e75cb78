namespace TwinTrack.Routing.Domain.Switches;

/// <summary>
/// State of one obligation in a switch's scope. Only an obligation whose attempt ended without payment may be paid on
/// another channel.
/// </summary>
public enum Disposition
{
    /// <summary>No payment has left: planned, released and not sent, or withdrawn unsent.</summary>
    NotInstructed,

    /// <summary>Sent, not final, and the provider can be asked not to execute it.</summary>
    Recallable,

    /// <summary>
    /// Sent, not final, and not recallable. Only the provider's report or a statement decides. It is never moved in
    /// this state.
    /// </summary>
    InDoubt,

    Paid,
    Returned,
    Rejected,
    Recalled,

    /// <summary>
    /// Given up without evidence by two parties, who named the bearer. It may be paid on another channel.
    /// </summary>
    GivenUp,
}

/// <summary>The instruction states in Payments' counts, as the messages carry them.</summary>
public enum CountedState
{
    Planned,
    Released,
    Withdrawn,
    Sent,
    Accepted,
    InDoubt,
    Settled,
    Returned,
    Rejected,
    Recalled,
    Abandoned,
    SettledLate,
}

public static class Dispositions
{
    /// <param name="state">Of the obligation's latest instruction.</param>
    /// <param name="canRecall">Whether that instruction's channel can be asked to recall.</param>
    public static Disposition Of(CountedState state, bool canRecall) => state switch
    {
        CountedState.Planned or CountedState.Released or CountedState.Withdrawn => Disposition.NotInstructed,
        CountedState.Sent or CountedState.Accepted => canRecall ? Disposition.Recallable : Disposition.InDoubt,
        // A recall may be under way. Until the provider grants it, the money may be paid.
        CountedState.InDoubt => Disposition.InDoubt,
        CountedState.Settled or CountedState.SettledLate => Disposition.Paid,
        CountedState.Returned => Disposition.Returned,
        CountedState.Rejected => Disposition.Rejected,
        CountedState.Recalled => Disposition.Recalled,
        CountedState.Abandoned => Disposition.GivenUp,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not a state that Payments counts by."),
    };

    /// <summary>
    /// Evidence proves that it ended without payment, or two parties gave it up. It may be paid on another channel.
    /// </summary>
    public static bool IsFreed(CountedState state) =>
        state is CountedState.Withdrawn or CountedState.Rejected or CountedState.Recalled or CountedState.Returned
            or CountedState.Abandoned;

    /// <summary>Released and not final: it may still be paid.</summary>
    public static bool IsLive(CountedState state) =>
        state is CountedState.Released or CountedState.Sent or CountedState.Accepted or CountedState.InDoubt;

    /// <summary>Left us, and nobody knows yet.</summary>
    public static bool IsUnanswered(CountedState state) =>
        state is CountedState.Sent or CountedState.Accepted or CountedState.InDoubt;
}
