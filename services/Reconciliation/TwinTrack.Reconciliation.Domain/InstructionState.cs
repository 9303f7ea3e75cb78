namespace TwinTrack.Reconciliation.Domain;

/// <summary>The states of an instruction as Payments reports them, under these names.</summary>
public enum InstructionState
{
    /// <summary>The first state, never entered later. The money is committed and not paid.</summary>
    Planned,
    Released,
    Sent,
    Accepted,

    /// <summary>The money may be paid. It counts as in flight until evidence decides.</summary>
    InDoubt,
    Settled,
    Rejected,
    Recalled,
    Withdrawn,
    Returned,

    /// <summary>
    /// Given up without evidence by two parties. The obligation's money is available again, and the bearer's funds are
    /// reserved for a possible payment.
    /// </summary>
    Abandoned,

    /// <summary>Paid after it was given up. Its incident books it, outside the batch.</summary>
    SettledLate,
}
