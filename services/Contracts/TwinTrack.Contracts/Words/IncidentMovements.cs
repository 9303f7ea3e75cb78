namespace TwinTrack.Contracts.Words;

/// <summary>Kinds of a booked amount that an incident caused: <c>IncidentMovementRow.Kind</c>.</summary>
public static class IncidentMovements
{
    /// <summary>An amount that was paid in error is asked back.</summary>
    public const string Claimed = "claimed";

    /// <summary>An amount that was asked back has come back.</summary>
    public const string Recovered = "recovered";

    /// <summary>The claim is withdrawn, because nothing was lost.</summary>
    public const string Waived = "waived";

    /// <summary>A funding source bears the loss.</summary>
    public const string WrittenOff = "written_off";

    /// <summary>More came back than was delivered: the programme owes it.</summary>
    public const string Owed = "owed";

    /// <summary>An amount that was owed has been paid back.</summary>
    public const string GivenBack = "given_back";

    /// <summary>The debt is withdrawn, because nothing was owed.</summary>
    public const string NotOwed = "not_owed";

    /// <summary>The contradicted attempt is the payment: charged to what its batch had committed.</summary>
    public const string Stands = "stands";

    /// <summary>The same, after the batch gave that commitment back: charged to the source's funds.</summary>
    public const string StandsAfterClose = "stands_after_close";

    /// <summary>The bearer's funds are reserved for attempts that were given up without evidence.</summary>
    public const string Risked = "risked";

    /// <summary>Evidence came that such an attempt was not paid, or that it is the payment.</summary>
    public const string RiskEnded = "risk_ended";

    /// <summary>Such an attempt was paid beside another one: the bearer has lost the amount.</summary>
    public const string ForcedLoss = "forced_loss";

    /// <summary>A forced loss has come back.</summary>
    public const string ForcedRecovered = "forced_recovered";

    /// <summary>A forced loss is withdrawn, because nothing was lost.</summary>
    public const string ForcedWaived = "forced_waived";
}
