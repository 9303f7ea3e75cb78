using TwinTrack.Kernel;

namespace TwinTrack.Providers.Domain;

/// <summary>Whether a connection can pay an amount. Checked last, in the transaction that writes the journal.</summary>
public static class PayableRule
{
    /// <param name="maxMinor">The most that the provider takes as one payment; null for no maximum.</param>
    public static bool Allows(string currency, long amountMinor, Currency ofConnection, long? maxMinor = null) =>
        currency == ofConnection.Code && amountMinor > 0 && (maxMinor is null || amountMinor <= maxMinor);
}
