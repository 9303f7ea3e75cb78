namespace TwinTrack.Providers.Domain;

/// <summary>An order of a unit whose call was cut off.</summary>
/// <param name="Stopped">Whether a stop covers it.</param>
public sealed record InterruptedOrder(PaymentOrderState State, bool RecallRequested, bool Stopped);

/// <summary>Whether a unit may be sent again to a provider that refuses a reference it already has.</summary>
public static class ResendRule
{
    /// <summary>
    /// The gate is open, and no stop covers an order. No order has changed its state since, and nobody has asked for
    /// one to come back.
    /// </summary>
    public static bool Allows(bool gateOpen, IEnumerable<InterruptedOrder> orders) =>
        gateOpen
        && orders.All(order => order is { State: PaymentOrderState.Sent, RecallRequested: false, Stopped: false });
}
