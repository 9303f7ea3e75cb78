using TwinTrack.Contracts.Words;
using TwinTrack.Payments.Domain;

namespace TwinTrack.Payments.Incidents;

/// <summary>The kind of movement for an act on an incident, by the side that owes.</summary>
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

    /// <summary><see cref="IncidentAccounting"/> claims a forced loss against the reserved amount.</summary>
    public static string ForClaim(ClaimSide side) =>
        side == ClaimSide.OwedByUs ? IncidentMovements.Owed : IncidentMovements.Claimed;
}
