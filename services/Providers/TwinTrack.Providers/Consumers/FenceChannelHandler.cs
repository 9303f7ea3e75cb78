using TwinTrack.Contracts.Providers.V1;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Kernel;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Security;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Consumers;

/// <summary>
/// Closes a gate. Holding it, no unit is being journaled; once this commits, none will be. The answer leaves with the
/// commit, so whoever reads it knows: what has a journal line up to that sequence may have left, and nothing else has
/// or will. A command older than the last one applied is ignored: its answer could be taken for a proof about the gate
/// as it is.
/// </summary>
internal sealed partial class FenceChannelHandler(
    ProvidersDb db, Outbox<ProvidersDb> outbox, AuditTrail<ProvidersDb> audit, TimeProvider clock,
    ILogger<FenceChannelHandler> logger) : IMessageHandler<FenceChannel>
{
    public async Task HandleAsync(FenceChannel message, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var gate = await db.HoldGateAsync(message.Channel, cancel);
        if (gate is null)
        {
            // The fence has overtaken the registration: the gate is born closed.
            gate = new Gate { Channel = message.Channel };
            db.Gates.Add(gate);
        }

        if (message.CommandNumber < gate.CommandNumber)
        {
            LogTooOld(logger, message.Channel, message.CommandNumber);
            return;
        }

        if (gate.Open || gate.ClosedAt is null)
        {
            gate.Open = false;
            gate.ClosedAt = now;
        }

        gate.Epoch = Math.Max(gate.Epoch, message.Epoch);
        gate.CommandNumber = message.CommandNumber;
        outbox.Send(new ChannelFenced(gate.Channel, gate.Epoch, gate.CommandNumber, gate.LastSequence, now));
        await audit.RecordAsync(
            Actor.Parse(message.RequestedBy), "fence-channel", gate.Channel,
            new { epoch = gate.Epoch, lastSequence = gate.LastSequence }, cancel);
    }

    [LoggerMessage(EventId = 5012, Level = LogLevel.Information,
        Message = "Command {Command} to close channel {Channel} came after a newer one; it is ignored")]
    private static partial void LogTooOld(ILogger logger, string channel, long command);
}
