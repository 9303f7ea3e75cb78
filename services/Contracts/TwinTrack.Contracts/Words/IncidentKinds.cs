namespace TwinTrack.Contracts.Words;

/// <summary>Why an amount was booked by an incident: <c>IncidentMovementRow.IncidentKind</c>.</summary>
public static class IncidentKinds
{
    /// <summary>Paid after evidence had proved that it would not be paid.</summary>
    public const string LateSuccess = "late_success";

    /// <summary>Two attempts of one obligation were paid.</summary>
    public const string PaidTwice = "paid_twice";

    /// <summary>Two reports of the provider cannot both be true.</summary>
    public const string Contradiction = "contradiction";

    /// <summary>More came back than was delivered.</summary>
    public const string ReturnedTwice = "returned_twice";

    /// <summary>An attempt that two parties gave up was paid beside another one.</summary>
    public const string ForcedLoss = "forced_loss";

    /// <summary>Not an incident. Two parties gave attempts up, and the id is that of their decision.</summary>
    public const string ForcedMove = "forced_move";
}
