using TwinTrack.Kernel;

namespace TwinTrack.Payments.Domain;

/// <summary>
/// What a partial delivery left: an obligation of its own, whose id and component follow from the one it comes from.
/// </summary>
public static class Remainder
{
    /// <summary>Why it is unpaid.</summary>
    public const string Reason = "partial_remainder";

    public static ObligationId IdOf(ObligationId obligation) => new(DerivedId.From($"{obligation}|remainder"));

    public static string ComponentOf(string component) => $"{component}.remainder";
}
