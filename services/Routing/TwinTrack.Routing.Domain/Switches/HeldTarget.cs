using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Routing.Domain.Switches;

/// <summary>
/// A channel that a switch would lead to, and that an earlier switch has closed. Nothing opens it by itself: the gate
/// was closed by a decision.
/// </summary>
/// <param name="By">The switch that closed it.</param>
/// <param name="Ended">Whether that switch holds it no longer; before, it stays closed.</param>
public sealed record HeldTarget(string Channel, SwitchId By, bool Ended)
{
    public override string ToString() => Ended
        ? $"{Channel} has been closed since switch {By}, and an operator opens it (channel resume {Channel})"
        : $"{Channel} is closed by switch {By}, which still holds it; when it does not, an operator opens the channel "
            + $"(channel resume {Channel})";

    /// <summary>The closed ones among a track's channels in the table, and whether there is any other.</summary>
    /// <param name="running">Switches that still hold their channels.</param>
    public static (IReadOnlyList<HeldTarget> Held, bool AnyOpen) Among(
        RoutingTable table, SwitchScope scope, IReadOnlyCollection<Channel> channels, IReadOnlySet<SwitchId> running)
    {
        var named = table.Rows.Where(row => row.Programme is TableRow.Any || row.Programme == scope.Programme)
            .SelectMany(row => row.Channels).ToHashSet();
        var targets = channels.Where(channel => channel.Track == scope.ToTrack && named.Contains(channel.Code))
            .OrderBy(channel => channel.Code, StringComparer.Ordinal).ToList();
        return (
            [.. targets.Where(channel => channel.HeldBy is not null)
                .Select(channel => new HeldTarget(
                    channel.Code, channel.HeldBy!.Value, !running.Contains(channel.HeldBy.Value)))],
            targets.Count == 0 || targets.Exists(channel => channel.HeldBy is null));
    }
}
