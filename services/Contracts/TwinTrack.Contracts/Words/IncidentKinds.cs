namespace TwinTrack.Contracts.Words;

/// <summary>Why an amount was booked by an incident: <c>IncidentMovementRow.IncidentKind</c>.</summary>
public static class IncidentKinds
{
    /// <summary>Paid after evidence had said that it never would be.</summary>
    public const string LateSuccess = "late_success";

    /// <summary>Two attempts of one obligation were paid.</summary>
    public const string PaidTwice = "paid_twice";

    /// <summary>The provider says what cannot be true together with what it said before.</summary>
    public const string Contradiction = "contradiction";

    /// <summary>More came back than was delivered.</summary>
    public const string ReturnedTwice = "returned_twice";

    /// <summary>An attempt that two parties gave up was paid beside another one.</summary>
    public const string ForcedLoss = "forced_loss";

    /// <summary>No incident: two parties gave attempts up, and the id is that decision's.</summary>
    public const string ForcedMove = "forced_move";
}
