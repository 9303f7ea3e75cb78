using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Storage;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Jobs;

/// <summary>
/// Sends the wanted state of a gate to Providers, and starts the sweep that repeats it until the answer arrives.
/// </summary>
internal sealed class GateCommands(RoutingDb db, Outbox<RoutingDb> outbox)
{
    /// <param name="channel">As it now stands.</param>
    /// <param name="by">Person or switch.</param>
    /// <param name="at">Now.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task SendAsync(Channel channel, string by, DateTimeOffset at, CancellationToken cancel)
    {
        Send(channel, by);
        await db.WakeJobAsync(GateSweepJob.Kind, channel.Code, at, cancel);
    }

    public void Send(Channel channel, string by)
    {
        if (channel.Gate == Gate.Closing)
        {
            outbox.Send(new FenceChannel(channel.Code, channel.Epoch, channel.CommandNumber, by));
        }
        else if (channel.Gate == Gate.Opening)
        {
            outbox.Send(new OpenChannel(channel.Code, channel.Epoch, channel.CommandNumber, by));
        }
    }
}
