using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Entitlements.V1;
using TwinTrack.Kernel;
using TwinTrack.Platform.Messaging;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Consumers;

/// <summary>Stores which programme a cycle belongs to, so that no switch names a cycle of another programme.</summary>
internal sealed class CycleClosedHandler(RoutingDb db) : IMessageHandler<CycleClosed>
{
    public async Task HandleAsync(CycleClosed message, CancellationToken cancel)
    {
        var id = TypedId.Parse<CycleId>(message.CycleId);
        if (!await db.Cycles.AnyAsync(cycle => cycle.Id == id, cancel))
        {
            db.Cycles.Add(new KnownCycle { Id = id, Programme = message.Programme, ClosedAt = message.ClosedAt });
        }
    }
}
