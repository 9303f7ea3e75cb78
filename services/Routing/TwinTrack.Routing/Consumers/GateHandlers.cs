using TwinTrack.Contracts.Providers.V1;
using TwinTrack.Kernel;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Security;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Jobs;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Consumers;

/// <summary>Stores the proof of a closed gate.</summary>
internal sealed class ChannelFencedHandler(RoutingDb db, GateCommands commands, AuditTrail<RoutingDb> audit,
    TimeProvider clock) : IMessageHandler<ChannelFenced>
{
    public async Task HandleAsync(ChannelFenced message, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (await db.ChannelToChangeAsync(message.Channel, cancel) is not { } channel)
        {
            return;
        }

        channel.Confirm(GateTrigger.ConfirmClosed, message.CommandNumber, message.LastSequence, message.At);
        // Closed against our wish by a command that came late: open it again.
        if (channel.Gate == Gate.Opening)
        {
            await commands.SendAsync(channel, Actor.System.ToString(), now, cancel);
        }

        await audit.RecordAsync(Actor.System, "prove-fence", message.Channel,
            new { message.Epoch, message.LastSequence, message.At }, cancel);
    }
}

/// <summary>Takes word that a gate is open; one that opened against our wish is closed again.</summary>
internal sealed class ChannelOpenedHandler(RoutingDb db, GateCommands commands, AuditTrail<RoutingDb> audit,
    TimeProvider clock) : IMessageHandler<ChannelOpened>
{
    public async Task HandleAsync(ChannelOpened message, CancellationToken cancel)
    {
        if (await db.ChannelToChangeAsync(message.Channel, cancel) is not { } channel)
        {
            return;
        }

        channel.Confirm(GateTrigger.ConfirmOpen, message.CommandNumber, null, message.At);
        if (channel.Gate == Gate.Closing)
        {
            await commands.SendAsync(channel, Actor.System.ToString(), clock.GetUtcNow(), cancel);
        }

        await audit.RecordAsync(Actor.System, "confirm-open", message.Channel, new { message.Epoch, message.At },
            cancel);
    }
}
