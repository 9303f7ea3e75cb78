using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Security;
using TwinTrack.Providers.Channels;
using TwinTrack.Providers.Jobs;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Consumers;

/// <summary>
/// Sets a stop. While it holds the gate, no unit is journaled. After its commit, no unit contains an order that the
/// stop covers. The answer, <c>ScopeStopped</c>, is sent with the commit, so its sequence is a proof. The gate does not
/// move: other programmes and areas keep leaving. A repeated message sets no second stop and is answered with all that
/// is known.
/// </summary>
internal sealed class StopScopeHandler(
    ProvidersDb db, Outbox<ProvidersDb> outbox, AuditTrail<ProvidersDb> audit, TimeProvider clock)
    : IMessageHandler<StopScope>
{
    public async Task HandleAsync(StopScope message, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var gate = await db.LockGateAsync(message.Channel, cancel);
        if (gate is null)
        {
            // The stop arrived before the registration. Nothing leaves before that, because there is no connection.
            gate = new Gate { Channel = message.Channel, Open = true };
            db.Gates.Add(gate);
        }

        var stop = await db.Stops.SingleOrDefaultAsync(
            row => row.Channel == message.Channel && row.Epoch == message.Epoch, cancel);
        if (stop is null)
        {
            stop = StopOf(message, gate, now);
            db.Stops.Add(stop);
            await audit.RecordAsync(Actor.System, "stop-scope", message.SwitchId,
                new { channel = stop.Channel, epoch = stop.Epoch, lastSequence = stop.LastSequence }, cancel);
            await db.StartJobAsync(JobKinds.Stop, $"{message.SwitchId}:{message.Channel}", now, cancel,
                JsonSerializer.Serialize(message, MessageJson.Options));
        }

        outbox.Send(stop.Answer());
    }

    private static StoredStop StopOf(StopScope message, Gate gate, DateTimeOffset now) => new()
    {
        Channel = message.Channel,
        Epoch = message.Epoch,
        SwitchId = message.SwitchId,
        Programme = message.Programme,
        Areas = JsonSerializer.Serialize(message.Areas),
        LastSequence = gate.LastSequence,
        At = Micros.Of(now),
    };
}
