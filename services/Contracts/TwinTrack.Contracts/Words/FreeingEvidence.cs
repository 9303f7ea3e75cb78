namespace TwinTrack.Contracts.Words;

/// <summary>What freed the attempt before a further one: <c>DispositionRow.Evidence</c>.</summary>
public static class FreeingEvidence
{
    /// <summary>The journal proves that it never left.</summary>
    public const string NeverSent = "never_sent";

    /// <summary>The provider refused it for good.</summary>
    public const string Rejected = "rejected";

    /// <summary>The provider confirmed that it will not execute it.</summary>
    public const string Recalled = "recalled";

    /// <summary>The money was booked back.</summary>
    public const string Returned = "returned";

    /// <summary>No evidence: two parties gave it up and named who bears a loss.</summary>
    public const string Forced = "forced";
}
