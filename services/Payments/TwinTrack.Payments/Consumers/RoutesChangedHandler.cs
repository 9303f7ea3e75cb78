using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Payments.Jobs;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Payments.Consumers;

/// <summary>
/// Stores that the routes changed and wakes the planning of the batches in which an obligation is unpaid. What waits
/// for a channel is then asked for again.
/// </summary>
internal sealed class RoutesChangedHandler(PaymentsDb db, TimeProvider clock) : IMessageHandler<RoutesChanged>
{
    public async Task HandleAsync(RoutesChanged message, CancellationToken cancel)
    {
        var programme = message.Programme ?? RouteChange.AllProgrammes;
        var now = clock.GetUtcNow();
        await db.LockAsync($"route-change.{programme}", cancel);
        if (await db.RouteChanges.FindAsync([programme], cancel) is { } change)
        {
            change.At = now;
        }
        else
        {
            db.RouteChanges.Add(new RouteChange { Programme = programme, At = now });
        }

        await PlanFurtherAttemptsJob.WakeUnpaidAsync(db, message.Programme, now, cancel);
    }
}
