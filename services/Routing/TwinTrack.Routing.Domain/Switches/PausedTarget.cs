using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Routing.Domain.Switches;

/// <summary>
/// A target channel of a switch whose gate a person has closed. A switch opens no gate: payments wait at it until a
/// person does.
/// </summary>
public sealed record PausedTarget(string Channel)
{
    public override string ToString() =>
        $"{Channel} is paused. Payments that the switch leads there wait until an operator opens its gate "
        + $"(channel resume {Channel})";

    /// <summary>
    /// The paused channels of the target track in rows of the programme. Closed hours end by themselves.
    /// </summary>
    public static IReadOnlyList<PausedTarget> Among(RoutingTable table, SwitchScope scope,
        IReadOnlyCollection<Channel> channels)
    {
        var named = table.Rows.Where(row => row.Programme is TableRow.Any || row.Programme == scope.Programme)
            .SelectMany(row => row.Channels).ToHashSet();
        return [.. channels.Where(channel => channel.Track == scope.ToTrack && named.Contains(channel.Code)
                && channel is { Gate: Gate.Closing or Gate.Closed, PauseReason: not Channels.Channel.OutsideHours })
            .OrderBy(channel => channel.Code, StringComparer.Ordinal)
            .Select(channel => new PausedTarget(channel.Code))];
    }
}

/// <summary>
/// A suspension of the target track that covers payments of a switch. They wait until a person ends it.
/// </summary>
public sealed record SuspendedTarget(SuspensionId Id, int Track)
{
    public override string ToString() =>
        Invariant($"Track {Track} is suspended for some of these payments. What the switch leads there waits until ")
        + $"an operator ends that (track resume {Id})";

    public static IReadOnlyList<SuspendedTarget> Among(IEnumerable<SuspendedScope> suspended, SwitchScope scope) =>
        [.. suspended.Where(one => (one.Track, one.Programme) == (scope.ToTrack, scope.Programme)
                && SwitchScope.Meet(one.Areas, scope.Areas))
            .Select(one => new SuspendedTarget(one.Id, one.Track))];
}
