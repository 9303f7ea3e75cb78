using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Switches;

namespace TwinTrack.Routing.Features;

/// <summary>A suspension as every endpoint about it answers it.</summary>
/// <param name="Areas">P-codes; empty means all.</param>
/// <param name="IsProved">Whether every channel of the track has proved that nothing more of the scope leaves.</param>
internal sealed record SuspensionView(
    SuspensionId Id,
    int Track,
    string Programme,
    IReadOnlyList<string> Areas,
    string Reason,
    string SuspendedBy,
    DateTimeOffset SuspendedAt,
    bool IsInForce,
    bool IsProved,
    string? EndedBy,
    DateTimeOffset? EndedAt,
    string? EndReason,
    IEnumerable<SuspensionView.StopProof> Channels)
{
    /// <summary>One channel's stop, as far as Providers has answered.</summary>
    /// <param name="Withdrawn">Orders that had not left, and wait; null until all are counted.</param>
    /// <param name="UnderWay">Orders that had left before, and are not final; null until all are counted.</param>
    internal sealed record StopProof(string Channel, long Epoch, long? LastSequence, DateTimeOffset? ProvedAt,
        long? Withdrawn, long? UnderWay);

    /// <summary>What the person should look at; may be empty.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    public static SuspensionView Of(Suspension one) => new(
        one.Id,
        one.Track,
        one.Programme,
        one.Areas,
        one.Reason,
        one.SuspendedBy,
        one.SuspendedAt,
        one.IsInForce,
        one.Channels.All(channel => channel.ProvedAt is not null),
        one.EndedBy,
        one.EndedAt,
        one.EndReason,
        one.Channels.OrderBy(channel => channel.Channel, StringComparer.Ordinal).Select(channel => new StopProof(
            channel.Channel, channel.Epoch, channel.LastSequence, channel.ProvedAt, channel.Withdrawn,
            channel.NotRecallable)));
}
