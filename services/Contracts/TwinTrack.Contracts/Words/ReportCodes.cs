namespace TwinTrack.Contracts.Words;

/// <summary>
/// Codes of TwinTrack itself in <c>ReportRow.Code</c>, where otherwise the provider's own code stands. They are
/// capitals, as the codes of ISO 20022 are.
/// </summary>
public static class ReportCodes
{
    /// <summary>
    /// No journal line exists, so the order provably never left. Also the beginning of the codes by which an adapter
    /// says that it held an order back, such as <c>NEVER_SENT_UNFIT_ACCOUNT</c>.
    /// </summary>
    public const string NeverSent = "NEVER_SENT";

    /// <summary>Held back for an incident before it left.</summary>
    public const string Held = "HELD";

    /// <summary>The journal has a line for the order. The call follows.</summary>
    public const string Journaled = "JOURNALED";

    /// <summary>The household is known, but not with the payee that was approved.</summary>
    public const string PayeeChanged = "PAYEE_CHANGED";

    /// <summary>No payee is known for the household.</summary>
    public const string PayeeUnknown = "PAYEE_UNKNOWN";

    /// <summary>The payee is sealed under another key, or is not what its fingerprint says.</summary>
    public const string PayeeUnreadable = "PAYEE_UNREADABLE";

    /// <summary>The order is in another currency than the channel's, or has no amount.</summary>
    public const string NotPayableHere = "NOT_PAYABLE_HERE";

    /// <summary>
    /// The process stopped between the journal and the answer. It is not known whether the order left.
    /// </summary>
    public const string Interrupted = "INTERRUPTED";

    /// <summary>The provider did not answer within its time.</summary>
    public const string NoAnswer = "NO_ANSWER";

    /// <summary>The provider's statement has a line for the order.</summary>
    public const string Statement = "STATEMENT";

    /// <summary>The order's time to execute is over, and a final statement does not have it.</summary>
    public const string ExpiredAbsent = "EXPIRED_ABSENT";
}
