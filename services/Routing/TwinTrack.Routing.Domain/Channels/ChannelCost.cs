namespace TwinTrack.Routing.Domain.Channels;

/// <summary>What a channel costs in fees and in waiting time.</summary>
/// <param name="FeeMinor">For each payment, minor units.</param>
/// <param name="FeeBasisPoints">Additional part of the amount, in hundredths of a percent.</param>
/// <param name="Validity">How long after an order was sent its provider may still pay it.</param>
public sealed record ChannelCost(long FeeMinor, int FeeBasisPoints, TimeSpan Validity)
{
    /// <summary>
    /// The fee for several payments together. The percentage applies to their sum and is rounded up to a whole minor
    /// unit.
    /// </summary>
    public long FeeOf(long payments, long amountMinor) =>
        checked((payments * FeeMinor) + (long)(((Int128)amountMinor * FeeBasisPoints + 9_999) / 10_000));
}
