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
/// Registers a channel with an open gate and answers with its adapter's abilities. A known gate keeps its state and its
/// epoch.
/// </summary>
internal sealed class RegisterChannelHandler(
    ProvidersDb db, ChannelConnections connections, AbilityDeclarations declarations, AuditTrail<ProvidersDb> audit,
    TimeProvider clock) : IMessageHandler<RegisterChannel>
{
    public async Task HandleAsync(RegisterChannel message, CancellationToken cancel)
    {
        await db.LockConnectionAsync_NeedsTransaction(message.Channel, cancel);
        var gate = await db.LockGateAsync(message.Channel, cancel);
        if (gate is null)
        {
            gate = new Gate { Channel = message.Channel, Open = true, Epoch = message.Epoch };
            db.Gates.Add(gate);
        }

        gate.Provider = message.Provider;
        gate.Adapter = message.Adapter;
        gate.Track = message.Track;
        gate.Currency = message.Currency;
        await audit.RecordAsync(
            Actor.System, "register-channel", message.Channel,
            new
            {
                provider = gate.Provider,
                adapter = gate.Adapter,
                track = gate.Track,
                currency = gate.Currency,
                epoch = gate.Epoch,
                open = gate.Open
            }, cancel);
        declarations.Send(gate.Channel, await connections.OpenAsync(gate, cancel));
        var now = clock.GetUtcNow();
        await db.WakeJobAsync(JobKinds.Submit, message.Channel, now, cancel);
        await db.WakeJobAsync(JobKinds.Ask, message.Channel, now, cancel);
    }
}
