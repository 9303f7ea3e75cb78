using TwinTrack.Kernel;

namespace TwinTrack.Providers.Domain;

/// <summary>What a connection can pay at all. Checked last, in the transaction that writes the journal.</summary>
public static class PayableHere
{
    public static bool Allows(string currency, long amountMinor, Currency ofConnection) =>
        currency == ofConnection.Code && amountMinor > 0;
}
