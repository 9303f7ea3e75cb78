namespace TwinTrack.Routing.Domain.Rules;

/// <summary>Personal data that a provider receives about a payee: the words of an agreement's fields.</summary>
public enum DataField
{
    HouseholdId,
    Name,
    Alternate,
    Account,
    Area,
}
