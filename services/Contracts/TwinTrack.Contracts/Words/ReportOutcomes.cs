namespace TwinTrack.Contracts.Words;

/// <summary>What Providers reports of an instruction: <c>ReportRow.Outcome</c>.</summary>
public static class ReportOutcomes
{
    /// <summary>A journal line was committed; the call follows.</summary>
    public const string Sent = "sent";

    /// <summary>The provider has taken the order.</summary>
    public const string Accepted = "accepted";

    /// <summary>It is unknown whether the payment was or will be made.</summary>
    public const string InDoubt = "in_doubt";

    /// <summary>Paid.</summary>
    public const string Settled = "settled";

    /// <summary>Refused; it will not be paid.</summary>
    public const string Rejected = "rejected";

    /// <summary>The provider confirms that it will not execute the order.</summary>
    public const string Recalled = "recalled";

    /// <summary>Never sent, and never will be.</summary>
    public const string Withdrawn = "withdrawn";

    /// <summary>The money was booked back.</summary>
    public const string Returned = "returned";
}
