namespace TwinTrack.Contracts.Words;

/// <summary>States of an instruction, as <c>StateChangeRow</c> and <c>DispositionRow</c> carry them.</summary>
public static class InstructionStates
{
    /// <summary>A channel is being chosen, or is chosen; the money is committed and nothing has left.</summary>
    public const string Planned = "planned";

    /// <summary>Handed to Providers; the claim on the obligation is held.</summary>
    public const string Released = "released";

    /// <summary>The journal has a line for it; the provider has not answered.</summary>
    public const string Sent = "sent";

    /// <summary>The provider has taken the order and has not said that it is paid.</summary>
    public const string Accepted = "accepted";

    /// <summary>
    /// The money may have been paid, and the provider does not say. Only evidence, or two parties' decision, ends this
    /// state.
    /// </summary>
    public const string InDoubt = "in_doubt";

    /// <summary>Paid, as the provider says.</summary>
    public const string Settled = "settled";

    /// <summary>The provider refused it for good. It is never paid.</summary>
    public const string Rejected = "rejected";

    /// <summary>Called back from the provider before it was paid.</summary>
    public const string Recalled = "recalled";

    /// <summary>Ended before it left.</summary>
    public const string Withdrawn = "withdrawn";

    /// <summary>Paid, and the money was booked back.</summary>
    public const string Returned = "returned";

    /// <summary>Given up without evidence by two parties, who named the source that bears a loss.</summary>
    public const string Abandoned = "abandoned";

    /// <summary>Paid after it had been given up.</summary>
    public const string SettledLate = "settled_late";
}
