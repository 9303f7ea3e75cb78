using TwinTrack.Contracts.Providers.V1;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Kernel;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Security;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Consumers;

/// <summary>
/// Closes a gate. While it holds the lock, no unit is journaled. After its commit, none will be. The answer is sent
/// with the commit, so it is a proof. Orders with a journal line up to that sequence may have left, and no other order
/// has left or will. A command older than the last one applied is ignored. Its answer could be mistaken for a proof
/// about the current gate.
/// </summary>
internal sealed partial class FenceChannelHandler(
    ProvidersDb db, Outbox<ProvidersDb> outbox, AuditTrail<ProvidersDb> audit, TimeProvider clock,
    ILogger<FenceChannelHandler> logger) : IMessageHandler<FenceChannel>
{
    public async Task HandleAsync(FenceChannel message, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var gate = await db.LockGateAsync(message.Channel, cancel);
        if (gate is null)
        {
            // The fence arrived before the registration, so the gate is created closed.
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

        gate.CommandNumber = message.CommandNumber;
        outbox.Send(new ChannelFenced(gate.Channel, message.Epoch, gate.CommandNumber, gate.LastSequence, now));
        await audit.RecordAsync(
            Actor.Parse(message.RequestedBy), "fence-channel", gate.Channel,
            new { epoch = message.Epoch, lastSequence = gate.LastSequence }, cancel);
    }

    [LoggerMessage(EventId = 5012, Level = LogLevel.Information,
        Message = "Command {Command} to close channel {Channel} came after a newer one; it is ignored")]
    private static partial void LogTooOld(ILogger logger, string channel, long command);
}
