using TwinTrack.Kernel;
using TwinTrack.Routing.Domain;
using TwinTrack.Routing.Domain.Channels;

namespace TwinTrack.Routing.Features;

/// <summary>What the adapter declared, in words.</summary>
internal sealed record ChannelAbilitiesView(
    bool Recall, bool StatusQuery, bool Bulk, bool Callback, bool Portability, long ValiditySeconds,
    IEnumerable<string> Instruments, IEnumerable<string> DisclosedFields, long? MaxPerPaymentMinor)
{
    public static ChannelAbilitiesView Of(ChannelAbilities can) => new(
        can.Recall, can.StatusQuery, can.Bulk, can.Callback, can.Portability, can.ValiditySeconds,
        can.Instruments.Select(Word.Of), can.DisclosedFields.Select(Word.Of), can.MaxPerPaymentMinor);
}

/// <param name="Minor">For each payment, minor units of the channel's currency.</param>
/// <param name="BasisPoints">Additional part of the amount, in hundredths of a percent.</param>
internal sealed record ChannelFee(long Minor, int BasisPoints);

/// <summary>A channel as every channel endpoint answers it.</summary>
/// <param name="Abilities">As Providers declared them; null while <paramref name="AbilitiesMissing"/> says why.</param>
/// <param name="AbilitiesMissing">
/// Why no payment is routed to the channel: not declared yet, or what Providers refuses. Null with abilities.
/// </param>
internal sealed record ChannelView(
    string Code,
    string Provider,
    string Adapter,
    int Track,
    IEnumerable<string> Instruments,
    IReadOnlyList<string> Areas,
    string Currency,
    ChannelAbilitiesView? Abilities,
    string? AbilitiesMissing,
    int CapacityPerHour,
    string ContractModel,
    ChannelFee Fee,
    Gate Gate,
    long Epoch,
    long? LastSequence,
    DateTimeOffset? ClosedSince,
    string? PauseReason,
    OpeningHours? Hours)
{
    public static ChannelView Of(Channel channel) => new(
        channel.Code,
        channel.Provider,
        channel.Adapter,
        channel.Track,
        channel.Instruments.Select(Word.Of),
        channel.Areas,
        channel.Currency,
        channel.Abilities is { } can ? ChannelAbilitiesView.Of(can) : null,
        channel.Abilities is null ? channel.AbilitiesRefusal ?? Channel.NotDeclaredYet : null,
        channel.CapacityPerHour,
        Word.Of(channel.ContractModel),
        new ChannelFee(channel.FeeMinor, channel.FeeBasisPoints),
        channel.Gate,
        channel.Epoch,
        channel.LastSequence,
        channel.ClosedSince,
        channel.PauseReason,
        channel.Hours);
}

/// <summary>Who may look at routes and switches: everyone who works with payments.</summary>
internal static class RoutingReadRoles
{
    public static readonly string[] Roles =
        [Role.Admin, Role.Operator, Role.CoChair, Role.Facilitator, Role.ProgrammeManager, Role.Approver, Role.Finance,
            Role.Reconciler, Role.Auditor, Role.Grievance];
}

/// <summary>One page of a list; <paramref name="Next"/> is null at its end.</summary>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
