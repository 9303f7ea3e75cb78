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

    public static string ForClaim(MoneySide side) => side == MoneySide.OwedToUs ? Claimed : Owed;

    public static string ForRecovery(MoneySide side) => side == MoneySide.OwedToUs ? Recovered : GivenBack;

    public static string ForWaiver(MoneySide side) => side == MoneySide.OwedToUs ? Waived : NotOwed;
}
