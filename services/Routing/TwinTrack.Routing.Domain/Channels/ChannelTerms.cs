using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Routing.Domain.Channels;

public enum Adapter
{
    Bank,
    MobileMoney,
    Agency,
}

public enum Instrument
{
    Mobile,
    Bank,
    Cash,
}

/// <summary>Who contracted the provider: kept apart from the track, because a third party may work on either.</summary>
public enum ContractModel
{
    Government,
    ContractedByGovernment,
    Donor,
    PartnerOwn,
}

/// <summary>What one provider contract says. Checked once, here.</summary>
/// <param name="Areas">P-codes covered, with <c>*</c> behind for all below; empty means all.</param>
/// <param name="Currency">ISO 4217; a channel pays in one.</param>
/// <param name="Recall">The provider can be asked not to execute what it has accepted.</param>
/// <param name="StatusQuery">The provider can be asked what became of a payment.</param>
/// <param name="CapacityPerHour">Payments an hour that the provider takes; 1 to 10,000,000.</param>
/// <param name="Hours">When it takes them; null: always.</param>
public sealed record ChannelTerms(
    string Provider,
    Adapter Adapter,
    int Track,
    IReadOnlyList<Instrument> Instruments,
    IReadOnlyList<string> Areas,
    Currency Currency,
    bool Recall,
    bool StatusQuery,
    int CapacityPerHour,
    ContractModel ContractModel,
    OpeningHours? Hours = null)
{
    private const long FeeMaxMinor = 1_000_000_000;
    private const int BasisPointsMax = 10_000;
    private const int ValidityMaxHours = 24 * 90;
    public const int ValidityDefaultHours = 240;

    /// <summary>What the provider takes for each payment, minor units of the channel's currency.</summary>
    public long FeeMinor { get; init; }

    /// <summary>What it takes of the amount beside that, in hundredths of a percent.</summary>
    public int FeeBasisPoints { get; init; }

    /// <summary>
    /// How long after it was sent an order may still be paid; the same as the connection's <c>validitySeconds</c>, for
    /// the rehearsal.
    /// </summary>
    public int ValidityHours { get; init; } = ValidityDefaultHours;

    public const int AreasMax = 1_000;
    private const int CapacityMax = 10_000_000;
    private const int ProviderMax = 100;

    /// <summary>
    /// What an adapter's protocol can pay into: an agency hands out cash, and so can serve whoever has a phone or an
    /// account as well.
    /// </summary>
    private static readonly Dictionary<Adapter, Instrument[]> Payable = new()
    {
        [Adapter.Bank] = [Instrument.Bank],
        [Adapter.MobileMoney] = [Instrument.Mobile],
        [Adapter.Agency] = [Instrument.Mobile, Instrument.Bank, Instrument.Cash],
    };

    public Result<ChannelTerms> Checked() => this switch
    {
        { Provider.Length: 0 or > ProviderMax } => ChannelRefusals.Invalid($"provider: 1 to {ProviderMax} characters."),
        { Track: not (Domain.Track.Government or Domain.Track.Aligned) } => ChannelRefusals.Invalid("track: 1 or 2."),
        { CapacityPerHour: < 1 or > CapacityMax } => ChannelRefusals.Invalid($"capacityPerHour: 1 to {CapacityMax}."),
        { FeeMinor: < 0 or > FeeMaxMinor } => ChannelRefusals.Invalid($"fee.minor: 0 to {FeeMaxMinor}."),
        { FeeBasisPoints: < 0 or > BasisPointsMax } =>
            ChannelRefusals.Invalid($"fee.basisPoints: 0 to {BasisPointsMax}."),
        { ValidityHours: < 1 or > ValidityMaxHours } =>
            ChannelRefusals.Invalid($"validityHours: 1 to {ValidityMaxHours}."),
        { Instruments.Count: 0 } => ChannelRefusals.Invalid("instruments: at least one."),
        { Areas.Count: > AreasMax } => ChannelRefusals.Invalid($"areas: at most {AreasMax}."),
        _ when !Areas.All(AreaPattern.IsValid) =>
            ChannelRefusals.Invalid("areas: P-codes of 1 to 32 letters and digits, with * behind for all below."),
        _ when Instruments.Except(Payable[Adapter]).Any() =>
            ChannelRefusals.Invalid(
                $"instruments: {Word.Of(Adapter)} pays {string.Join(", ", Payable[Adapter].Select(Word.Of))}."),
        _ when Hours?.Fault() is { } fault => ChannelRefusals.Invalid(fault),
        _ => this,
    };
}
