namespace TwinTrack.Routing.Domain.Channels;

/// <summary>What a channel costs, in money and in patience.</summary>
/// <param name="FeeMinor">For each payment, minor units.</param>
/// <param name="FeeBasisPoints">Of the amount beside that, hundredths of a percent.</param>
/// <param name="Validity">How long after an order was sent its provider may still pay it.</param>
public sealed record ChannelCost(long FeeMinor, int FeeBasisPoints, TimeSpan Validity)
{
    /// <summary>
    /// For so many payments of so much together: the part of the amount is taken of the sum, and rounded up to a whole
    /// minor unit.
    /// </summary>
    public long FeeOf(long payments, long amountMinor) =>
        checked((payments * FeeMinor) + (long)(((Int128)amountMinor * FeeBasisPoints + 9_999) / 10_000));
}
