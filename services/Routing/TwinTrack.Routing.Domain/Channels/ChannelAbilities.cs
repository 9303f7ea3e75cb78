using TwinTrack.Routing.Domain.Rules;

namespace TwinTrack.Routing.Domain.Channels;

/// <summary>What a channel's adapter can do over its connection. Providers declares it; no person types it.</summary>
/// <param name="Recall">The provider can be asked not to execute what it has accepted.</param>
/// <param name="StatusQuery">The provider can be asked what became of a payment.</param>
/// <param name="Bulk">The provider takes more than one payment in one call or file.</param>
/// <param name="Callback">The provider calls back over HTTP.</param>
/// <param name="Portability">Accounts held at other providers are paid too.</param>
/// <param name="ValiditySeconds">How long after it was sent an order may still be paid.</param>
/// <param name="Instruments">What the adapter pays into. The contract may say less.</param>
/// <param name="DisclosedFields">Personal data that an order discloses.</param>
/// <param name="MaxPerPaymentMinor">Minor units of the channel's currency; null for no maximum.</param>
public sealed record ChannelAbilities(
    bool Recall, bool StatusQuery, bool Bulk, bool Callback, bool Portability, long ValiditySeconds,
    IReadOnlyList<Instrument> Instruments, IReadOnlyList<DataField> DisclosedFields, long? MaxPerPaymentMinor)
{
    /// <summary>Cash is handed over, so somebody must be able to enter the area.</summary>
    public bool PaysByHand => Instruments.Contains(Instrument.Cash);

    public TimeSpan Validity => TimeSpan.FromSeconds(ValiditySeconds);
}
