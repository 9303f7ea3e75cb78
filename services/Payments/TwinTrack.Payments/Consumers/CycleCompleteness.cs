using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Jobs;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Payments.Consumers;

/// <summary>
/// Shared by the two messages of a cycle. They arrive in any order. The message that completes the cycle starts its
/// check.
/// </summary>
internal static class CycleCompleteness
{
    internal static async Task<ReceivedCycle> TakeAsync(PaymentsDb db, CycleId id, CancellationToken cancel)
    {
        if (await db.CyclesIn.FindAsync([id], cancel) is { } known)
        {
            return known;
        }

        var cycle = new ReceivedCycle { Id = id };
        db.CyclesIn.Add(cycle);
        await db.SaveChangesAsync(cancel);
        return cycle;
    }

    internal static async Task CheckWhenCompleteAsync(
        PaymentsDb db, CycleId id, DateTimeOffset now, CancellationToken cancel)
    {
        var complete = await db.CyclesIn.AnyAsync(
            cycle => cycle.Id == id && cycle.State == CycleState.Arriving && cycle.ChunksExpected != null
                && cycle.ChunksArrived >= cycle.ChunksExpected,
            cancel);
        if (complete)
        {
            await db.StartJobAsync(CheckReceivedCycleJob.Kind, id.ToString(), now, cancel);
        }
    }
}
