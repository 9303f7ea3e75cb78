using TwinTrack.Kernel;

namespace TwinTrack.Payments.Domain;

/// <summary>
/// The undelivered part of a partial delivery, as an obligation. Its id and component follow from the original
/// obligation.
/// </summary>
public static class Remainder
{
    /// <summary>Why it is unpaid.</summary>
    public const string Reason = "partial_remainder";

    public static ObligationId IdOf(ObligationId obligation) => new(DerivedId.From($"{obligation}|remainder"));

    public static string ComponentOf(string component) => $"{component}.remainder";
}
