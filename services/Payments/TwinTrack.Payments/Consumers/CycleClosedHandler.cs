using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Entitlements.V1;
using TwinTrack.Kernel;
using TwinTrack.Payments.Jobs;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Messaging;

namespace TwinTrack.Payments.Consumers;

/// <summary>
/// Stores the declared totals of a cycle. The first declaration counts. It may arrive before the last chunk.
/// </summary>
internal sealed class CycleClosedHandler(PaymentsDb db, TimeProvider clock) : IMessageHandler<CycleClosed>
{
    public async Task HandleAsync(CycleClosed message, CancellationToken cancel)
    {
        var id = TypedId.Parse<CycleId>(message.CycleId);
        await db.TakeCycleAsync(id, cancel);
        await db.ReceivedCycles.Where(cycle => cycle.Id == id && cycle.ChunksExpected == null).ExecuteUpdateAsync(
            set => set
                .SetProperty(cycle => cycle.Programme, message.Programme)
                .SetProperty(cycle => cycle.Period, message.Period)
                .SetProperty(cycle => cycle.Currency, message.Currency)
                .SetProperty(cycle => cycle.ChunksExpected, message.Chunks)
                .SetProperty(cycle => cycle.CountExpected, message.Count)
                .SetProperty(cycle => cycle.SumExpectedMinor, message.SumMinor)
                .SetProperty(cycle => cycle.HashExpected, message.Hash)
                .SetProperty(cycle => cycle.ClosedBy, message.ClosedBy),
            cancel);
        await CheckReceivedCycleJob.StartWhenCompleteAsync(db, id, clock.GetUtcNow(), cancel);
    }
}
