using TwinTrack.Contracts.Providers.V1;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Security;
using TwinTrack.Providers.Jobs;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Consumers;

/// <summary>
/// Opens a gate, unless a later command or a fence of a later epoch has arrived. A late opening would undo a pause that
/// was proved.
/// </summary>
internal sealed partial class OpenChannelHandler(
    ProvidersDb db, Outbox<ProvidersDb> outbox, AuditTrail<ProvidersDb> audit, TimeProvider clock,
    ILogger<OpenChannelHandler> logger) : IMessageHandler<OpenChannel>
{
    public async Task HandleAsync(OpenChannel message, CancellationToken cancel)
    {
        var gate = await db.LockGateAsync(message.Channel, cancel);
        if (gate is null || message.Epoch < gate.Epoch || message.CommandNumber < gate.CommandNumber)
        {
            LogTooOld(logger, message.Channel, message.CommandNumber, message.Epoch);
            return;
        }

        var now = clock.GetUtcNow();
        gate.Open = true;
        gate.ClosedAt = null;
        (gate.Epoch, gate.CommandNumber) = (message.Epoch, message.CommandNumber);
        outbox.Send(new ChannelOpened(gate.Channel, gate.Epoch, gate.CommandNumber, now));
        await audit.RecordAsync(
            Actor.Parse(message.RequestedBy), "open-channel", gate.Channel,
            new { epoch = gate.Epoch, lastSequence = gate.LastSequence }, cancel);
        await db.WakeJobAsync(JobKinds.Submit, message.Channel, now, cancel);
    }

    [LoggerMessage(EventId = 5010, Level = LogLevel.Warning,
        Message = "Channel {Channel} is not opened by command {Command} of epoch {Epoch}: unknown, or a later one "
            + "has come")]
    private static partial void LogTooOld(ILogger logger, string channel, long command, long epoch);
}
