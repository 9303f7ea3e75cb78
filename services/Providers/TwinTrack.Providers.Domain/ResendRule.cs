namespace TwinTrack.Providers.Domain;

/// <summary>An order of a unit whose call was cut off.</summary>
public sealed record InterruptedOrder(PaymentOrderState State, bool RecallRequested);

/// <summary>Whether a unit may be sent again to a provider that refuses a reference it already has.</summary>
public static class ResendRule
{
    /// <summary>
    /// The gate is open in the epoch in which the unit was sent. No order has changed its state since, and nobody has
    /// asked for one to come back.
    /// </summary>
    public static bool Allows(bool gateOpen, long gateEpoch, long unitEpoch, IEnumerable<InterruptedOrder> orders) =>
        gateOpen
        && gateEpoch == unitEpoch
        && orders.All(order => order.State == PaymentOrderState.Sent && !order.RecallRequested);
}
