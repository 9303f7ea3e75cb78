using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Platform.Messaging;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Jobs;

/// <summary>Stops a scope on channels, for a switch or for a suspension.</summary>
internal sealed class ScopeStops(RoutingDb db, Outbox<RoutingDb> outbox)
{
    /// <summary>
    /// Locks a channel and begins its next epoch. The caller takes its channels in the order of their codes. So two
    /// callers never wait for each other in a circle.
    /// </summary>
    /// <returns>The new epoch.</returns>
    public async Task<long> BeginEpochAsync_NeedsTransaction(string code, CancellationToken cancel)
    {
        var channel = await db.ChannelToChangeAsync(code, cancel)
            ?? throw new InvalidOperationException($"No channel {code}.");
        return channel.BeginEpoch();
    }

    /// <summary>Sends the message to each channel whose running answer is not complete.</summary>
    /// <param name="by">The id of the switch or of the suspension.</param>
    /// <param name="stops">Of all its channels.</param>
    /// <param name="programme">Whose payments it stops.</param>
    /// <param name="areas">Empty means all.</param>
    /// <param name="recall">Whether sent orders are asked back.</param>
    public void Send(string by, IEnumerable<ChannelStop> stops, string programme, IReadOnlyList<string> areas,
        bool recall)
    {
        foreach (var stop in stops.Where(stop => !stop.IsComplete))
        {
            outbox.Send(new StopScope(by, stop.Channel, stop.Epoch, programme, areas, recall));
        }
    }
}
