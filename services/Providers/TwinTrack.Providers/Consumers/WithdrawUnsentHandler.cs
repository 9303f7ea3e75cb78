using System.Text.Json;
using TwinTrack.Contracts.Providers.V1;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Kernel;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Security;
using TwinTrack.Providers.Jobs;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Consumers;

/// <summary>Starts the withdrawal of unsent orders. A repeated message looks and answers again.</summary>
internal sealed partial class WithdrawUnsentHandler(
    ProvidersDb db, Outbox<ProvidersDb> outbox, AuditTrail<ProvidersDb> audit, TimeProvider clock,
    ILogger<WithdrawUnsentHandler> logger)
    : IMessageHandler<WithdrawUnsent>
{
    public async Task HandleAsync(WithdrawUnsent message, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var gate = await db.LockGateAsync(message.Channel, cancel);
        if (gate is null)
        {
            // A gate that does not exist has no queued orders.
            outbox.Send(new UnsentWithdrawn(message.SwitchId, message.Channel, 0));
            return;
        }

        if (gate.Open)
        {
            // Routing asks for this only under a closed gate, so a fence was lost. Closing the gate is the safe choice.
            LogWasOpen(logger, message.Channel, message.SwitchId);
            gate.Open = false;
            gate.ClosedAt = now;
            outbox.Send(new ChannelFenced(gate.Channel, gate.Epoch, gate.CommandNumber, gate.LastSequence, now));
            await audit.RecordAsync(Actor.System, "fence-channel", gate.Channel,
                new { epoch = gate.Epoch, lastSequence = gate.LastSequence, cause = message.SwitchId }, cancel);
        }

        await db.RestartJobAsync(JobKinds.Withdraw, $"{message.SwitchId}:{message.Channel}",
            JsonSerializer.Serialize(message, MessageJson.Options), now, cancel);
    }

    [LoggerMessage(EventId = 5011, Level = LogLevel.Warning,
        Message = "Channel {Channel} was open when switch {Switch} asked for its unsent orders; closed now")]
    private static partial void LogWasOpen(ILogger logger, string channel, string @switch);
}
