using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Routing.Domain.Switches;

/// <summary>
/// A target channel of a switch that an earlier switch has closed. It never opens by itself, because a decision closed
/// its gate.
/// </summary>
/// <param name="By">The switch that closed it.</param>
/// <param name="Ended">Whether that switch has ended. Until then the channel stays closed.</param>
public sealed record FencedTarget(string Channel, SwitchId By, bool Ended)
{
    public override string ToString() => Ended
        ? $"{Channel} has been closed since switch {By}, and an operator opens it (channel resume {Channel})"
        : $"{Channel} is closed by switch {By}, which still holds it; when it does not, an operator opens the channel "
            + $"(channel resume {Channel})";

    /// <summary>The closed channels of a track in the table, and whether any channel is open.</summary>
    /// <param name="running">Switches that still hold their channels.</param>
    public static (IReadOnlyList<FencedTarget> Fenced, bool AnyOpen) Among(
        RoutingTable table, SwitchScope scope, IReadOnlyCollection<Channel> channels, IReadOnlySet<SwitchId> running)
    {
        var named = table.Rows.Where(row => row.Programme is TableRow.Any || row.Programme == scope.Programme)
            .SelectMany(row => row.Channels).ToHashSet();
        var targets = channels.Where(channel => channel.Track == scope.ToTrack && named.Contains(channel.Code))
            .OrderBy(channel => channel.Code, StringComparer.Ordinal).ToList();
        return (
            [.. targets.Where(channel => channel.FencedBy is not null)
                .Select(channel => new FencedTarget(
                    channel.Code, channel.FencedBy!.Value, !running.Contains(channel.FencedBy.Value)))],
            targets.Count == 0 || targets.Exists(channel => channel.FencedBy is null));
    }
}
