using TwinTrack.Kernel;
using TwinTrack.Routing.Domain;
using TwinTrack.Routing.Domain.Channels;

namespace TwinTrack.Routing.Features;

internal sealed record ChannelAbilities(bool Recall, bool StatusQuery);

/// <param name="Minor">For each payment, minor units of the channel's currency.</param>
/// <param name="BasisPoints">Of the amount beside that, hundredths of a percent.</param>
internal sealed record ChannelFee(long Minor, int BasisPoints);

/// <summary>A channel as every channel endpoint answers it.</summary>
internal sealed record ChannelView(
    string Code,
    string Provider,
    string Adapter,
    int Track,
    IEnumerable<string> Instruments,
    IReadOnlyList<string> Areas,
    string Currency,
    ChannelAbilities Abilities,
    int CapacityPerHour,
    string ContractModel,
    ChannelFee Fee,
    int ValidityHours,
    Gate Gate,
    long Epoch,
    long? LastSequence,
    DateTimeOffset? ClosedSince,
    string? PauseReason,
    SwitchId? HeldBy,
    OpeningHours? Hours)
{
    public static ChannelView Of(Channel channel) => new(
        channel.Code,
        channel.Provider,
        Word.Of(channel.Adapter),
        channel.Track,
        channel.Instruments.Select(Word.Of),
        channel.Areas,
        channel.Currency,
        new ChannelAbilities(channel.Recall, channel.StatusQuery),
        channel.CapacityPerHour,
        Word.Of(channel.ContractModel),
        new ChannelFee(channel.FeeMinor, channel.FeeBasisPoints),
        channel.ValidityHours,
        channel.Gate,
        channel.Epoch,
        channel.LastSequence,
        channel.ClosedSince,
        channel.PauseReason,
        channel.HeldBy,
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
