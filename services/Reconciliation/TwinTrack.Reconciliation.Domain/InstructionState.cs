namespace TwinTrack.Reconciliation.Domain;

/// <summary>What Payments says of an instruction; its words on the wire are these names.</summary>
public enum InstructionState
{
    /// <summary>Only ever left: the money is committed and has not moved.</summary>
    Planned,
    Released,
    Sent,
    Accepted,

    /// <summary>Money may have moved: in flight until evidence says otherwise.</summary>
    InDoubt,
    Settled,
    Rejected,
    Recalled,
    Withdrawn,
    Returned,

    /// <summary>
    /// Given up without evidence by two parties: the obligation's money is at its disposal again, and its bearer's
    /// stands for what may have been paid.
    /// </summary>
    Abandoned,

    /// <summary>Paid after it was given up: booked beside the batch, by its incident.</summary>
    SettledLate,
}
