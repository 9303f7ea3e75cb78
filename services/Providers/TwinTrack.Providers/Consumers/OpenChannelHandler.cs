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
/// Opens a gate, unless a later command has arrived. A late opening would undo a pause that was proved. A stop is not
/// lifted by it.
/// </summary>
internal sealed partial class OpenChannelHandler(
    ProvidersDb db, Outbox<ProvidersDb> outbox, AuditTrail<ProvidersDb> audit, TimeProvider clock,
    ILogger<OpenChannelHandler> logger) : IMessageHandler<OpenChannel>
{
    public async Task HandleAsync(OpenChannel message, CancellationToken cancel)
    {
        var gate = await db.LockGateAsync(message.Channel, cancel);
        if (gate is null || message.CommandNumber < gate.CommandNumber)
        {
            LogTooOld(logger, message.Channel, message.CommandNumber);
            return;
        }

        var now = clock.GetUtcNow();
        gate.Open = true;
        gate.ClosedAt = null;
        gate.CommandNumber = message.CommandNumber;
        outbox.Send(new ChannelOpened(gate.Channel, message.Epoch, gate.CommandNumber, now));
        await audit.RecordAsync(
            Actor.Parse(message.RequestedBy), "open-channel", gate.Channel,
            new { epoch = message.Epoch, lastSequence = gate.LastSequence }, cancel);
        await db.WakeJobAsync(JobKinds.Submit, message.Channel, now, cancel);
    }

    [LoggerMessage(EventId = 5010, Level = LogLevel.Warning,
        Message = "Channel {Channel} is not opened by command {Command}: unknown, or a later one has come")]
    private static partial void LogTooOld(ILogger logger, string channel, long command);
}
