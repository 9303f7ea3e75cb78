namespace TwinTrack.Contracts.Words;

/// <summary>Personal data that a payment order discloses: <c>DeclaredAbilities.DisclosedFields</c>.</summary>
public static class DisclosedFields
{
    /// <summary>The household's id in the registry.</summary>
    public const string HouseholdId = "household_id";

    /// <summary>The recipient's name.</summary>
    public const string Name = "name";

    /// <summary>The name of the person who may receive the money instead.</summary>
    public const string Alternate = "alternate";

    /// <summary>Phone number or account number.</summary>
    public const string Account = "account";

    /// <summary>P-code of the household's area.</summary>
    public const string Area = "area";
}
