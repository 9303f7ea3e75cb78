using TwinTrack.Contracts.Words;
using TwinTrack.Payments.Domain;

namespace TwinTrack.Payments.Incidents;

/// <summary>Which movement an act on an incident is, by the side on which its money is.</summary>
internal static class IncidentMovementWords
{
    public static string ForRecovery(ClaimSide side) => side switch
    {
        ClaimSide.OwedToUs => IncidentMovements.Recovered,
        ClaimSide.OwedByUs => IncidentMovements.GivenBack,
        _ => IncidentMovements.ForcedRecovered,
    };

    public static string ForWaiver(ClaimSide side) => side switch
    {
        ClaimSide.OwedToUs => IncidentMovements.Waived,
        ClaimSide.OwedByUs => IncidentMovements.NotOwed,
        _ => IncidentMovements.ForcedWaived,
    };

    /// <summary>A forced loss is claimed by <see cref="IncidentAccounting"/> against what was put at risk.</summary>
    public static string ForClaim(ClaimSide side) =>
        side == ClaimSide.OwedByUs ? IncidentMovements.Owed : IncidentMovements.Claimed;
}
