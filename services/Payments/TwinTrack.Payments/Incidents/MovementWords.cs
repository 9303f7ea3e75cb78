using TwinTrack.Payments.Domain;

namespace TwinTrack.Payments.Incidents;

/// <summary>What an incident does with money, in the words that Reconciliation books by.</summary>
internal static class MovementWords
{
    /// <summary>Paid without a claim to it: asked back.</summary>
    public const string Claimed = "claimed";

    public const string Recovered = "recovered";

    /// <summary>The claim falls: nothing was lost.</summary>
    public const string Waived = "waived";

    /// <summary>A source bears it.</summary>
    public const string WrittenOff = "written_off";

    /// <summary>The contradicted attempt is the payment: charged to what its batch had committed.</summary>
    public const string Stands = "stands";

    /// <summary>The same after the batch gave that commitment back: charged to the source's funds.</summary>
    public const string StandsAfterClose = "stands_after_close";

    /// <summary>More came back than was delivered: we owe it.</summary>
    public const string Owed = "owed";

    public const string GivenBack = "given_back";

    public const string NotOwed = "not_owed";

    /// <summary>The bearer's funds stand for attempts that were given up without evidence.</summary>
    public const string Risked = "risked";

    /// <summary>Evidence came that such an attempt was not paid, or is the payment.</summary>
    public const string RiskEnded = "risk_ended";

    /// <summary>Such an attempt was paid beside another: the bearer has lost it.</summary>
    public const string ForcedLoss = "forced_loss";

    public const string ForcedRecovered = "forced_recovered";

    public const string ForcedWaived = "forced_waived";

    public static string ForRecovery(ClaimSide side) => side switch
    {
        ClaimSide.OwedToUs => Recovered,
        ClaimSide.OwedByUs => GivenBack,
        _ => ForcedRecovered,
    };

    public static string ForWaiver(ClaimSide side) => side switch
    {
        ClaimSide.OwedToUs => Waived,
        ClaimSide.OwedByUs => NotOwed,
        _ => ForcedWaived,
    };

    /// <summary>A forced loss is claimed by <see cref="IncidentAccounting"/> against what was put at risk.</summary>
    public static string ForClaim(ClaimSide side) => side == ClaimSide.OwedByUs ? Owed : Claimed;
}
