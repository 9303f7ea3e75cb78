namespace TwinTrack.Routing.Domain.Switches;

/// <summary>
/// Where one obligation in a switch's scope stands. Only what has ended without payment may be paid another way.
/// </summary>
public enum Disposition
{
    /// <summary>Nothing has left for it: planned, released and not sent, or withdrawn unsent.</summary>
    NotInstructed,

    /// <summary>Sent, not final, and the provider can be asked not to execute it.</summary>
    Recallable,

    /// <summary>
    /// Sent, not final, and only the provider's word or a statement will tell. Never moved from here.
    /// </summary>
    InDoubt,

    Paid,
    Returned,
    Rejected,
    Recalled,

    /// <summary>Given up without evidence by two parties, who named the bearer: may be paid another way.</summary>
    GivenUp,
}

/// <summary>The instruction states that Payments counts by, as they stand on the wire.</summary>
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
        // A recall may be under way; until it is granted the money may have moved.
        CountedState.InDoubt => Disposition.InDoubt,
        CountedState.Settled or CountedState.SettledLate => Disposition.Paid,
        CountedState.Returned => Disposition.Returned,
        CountedState.Rejected => Disposition.Rejected,
        CountedState.Recalled => Disposition.Recalled,
        CountedState.Abandoned => Disposition.GivenUp,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not a state that Payments counts by."),
    };

    /// <summary>Ended without payment, by evidence, or given up by two parties: may be paid another way.</summary>
    public static bool IsFreed(CountedState state) =>
        state is CountedState.Withdrawn or CountedState.Rejected or CountedState.Recalled or CountedState.Returned
            or CountedState.Abandoned;

    /// <summary>Released and not final: money may still move by it.</summary>
    public static bool IsLive(CountedState state) =>
        state is CountedState.Released or CountedState.Sent or CountedState.Accepted or CountedState.InDoubt;

    /// <summary>Left us, and nobody knows yet.</summary>
    public static bool IsUnanswered(CountedState state) =>
        state is CountedState.Sent or CountedState.Accepted or CountedState.InDoubt;
}
