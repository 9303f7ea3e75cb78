using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Routing.Domain.Channels;

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

/// <summary>
/// The terms of one provider contract, checked only here. The abilities of the protocol are not terms: the adapter
/// declares <see cref="ChannelAbilities"/>.
/// </summary>
/// <param name="Adapter">Word of the adapter. Providers refuses one that it does not have.</param>
/// <param name="Instruments">What the contract covers, of what the adapter pays.</param>
/// <param name="Areas">P-codes covered, with <c>*</c> behind for all below; empty means all.</param>
/// <param name="Currency">ISO 4217; a channel pays in one.</param>
/// <param name="CapacityPerHour">Payments an hour that the provider takes; 1 to 10,000,000.</param>
/// <param name="Hours">When it takes them; null: always.</param>
public sealed record ChannelTerms(
    string Provider,
    string Adapter,
    int Track,
    IReadOnlyList<Instrument> Instruments,
    IReadOnlyList<string> Areas,
    Currency Currency,
    int CapacityPerHour,
    ContractModel ContractModel,
    OpeningHours? Hours = null)
{
    private const long FeeMaxMinor = 1_000_000_000;
    private const int BasisPointsMax = 10_000;

    /// <summary>What the provider takes for each payment, minor units of the channel's currency.</summary>
    public long FeeMinor { get; init; }

    /// <summary>Additional part of the amount that the provider takes, in hundredths of a percent.</summary>
    public int FeeBasisPoints { get; init; }

    public const int AreasMax = 1_000;
    private const int CapacityMax = 10_000_000;
    private const int ProviderMax = 100;

    public Result<ChannelTerms> Checked() => this switch
    {
        { Provider: var provider } when !FreeText.IsGiven(provider, ProviderMax) =>
            ChannelRefusals.Invalid($"provider: 1 to {ProviderMax} characters."),
        { Track: not (Kernel.Track.Government or Kernel.Track.Aligned) } => ChannelRefusals.Invalid("track: 1 or 2."),
        { CapacityPerHour: < 1 or > CapacityMax } => ChannelRefusals.Invalid($"capacityPerHour: 1 to {CapacityMax}."),
        { FeeMinor: < 0 or > FeeMaxMinor } => ChannelRefusals.Invalid($"fee.minor: 0 to {FeeMaxMinor}."),
        { FeeBasisPoints: < 0 or > BasisPointsMax } =>
            ChannelRefusals.Invalid($"fee.basisPoints: 0 to {BasisPointsMax}."),
        { Instruments.Count: 0 } => ChannelRefusals.Invalid("instruments: at least one."),
        { Areas.Count: > AreasMax } => ChannelRefusals.Invalid($"areas: at most {AreasMax}."),
        _ when !Areas.All(AreaPattern.IsValid) =>
            ChannelRefusals.Invalid("areas: P-codes of 1 to 32 letters and digits, with * behind for all below."),
        _ when !Word.IsCode(Adapter) =>
            ChannelRefusals.Invalid("adapter: 1 to 32 letters, digits, dashes and underscores."),
        _ when Hours?.Fault() is { } fault => ChannelRefusals.Invalid(fault),
        _ => this,
    };
}
