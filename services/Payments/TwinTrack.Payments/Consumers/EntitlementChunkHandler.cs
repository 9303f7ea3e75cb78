using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using TwinTrack.Contracts.Entitlements.V1;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Jobs;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Payments.Consumers;

/// <summary>Turns entitlements into obligations. A chunk may be delivered twice. It is stored once.</summary>
internal sealed partial class EntitlementChunkHandler(
    PaymentsDb db, TimeProvider clock, ILogger<EntitlementChunkHandler> logger) : IMessageHandler<EntitlementChunk>
{
    public async Task HandleAsync(EntitlementChunk message, CancellationToken cancel)
    {
        var cycleId = TypedId.Parse<CycleId>(message.CycleId);
        var cycle = await db.TakeCycleAsync(cycleId, cancel);
        if (cycle.State != CycleState.Arriving
            || await db.CycleChunks.FindAsync([cycleId, message.Chunk], cancel) is not null)
        {
            return;
        }

        var rows = await NewOnesAsync(cycleId, message, cancel);
        db.CycleChunks.Add(new ReceivedCycleChunk { CycleId = cycleId, Chunk = message.Chunk });
        await db.BulkInsertAsync(rows, cancel);
        var sum = rows.Sum(row => row.AmountMinor);
        await db.ReceivedCycles.Where(row => row.Id == cycleId).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.ChunksArrived, row => row.ChunksArrived + 1)
                .SetProperty(row => row.CountArrived, row => row.CountArrived + rows.Count)
                .SetProperty(row => row.SumArrivedMinor, row => row.SumArrivedMinor + sum),
            cancel);
        await CheckReceivedCycleJob.StartWhenCompleteAsync(db, cycleId, clock.GetUtcNow(), cancel);
    }

    /// <summary>
    /// Leaves out rows that are already stored and rows without a debt. The declared totals then differ, so the check
    /// refuses the cycle.
    /// </summary>
    private async Task<List<Obligation>> NewOnesAsync(
        CycleId cycleId, EntitlementChunk message, CancellationToken cancel)
    {
        var rows = message.Rows.Select(row => From(cycleId, row)).ToList();
        var ids = rows.Select(row => row.Id).ToList();
        var households = rows.Select(row => row.HouseholdId).Distinct().ToList();
        var known =
            (await db.Obligations.Where(row => ids.Contains(row.Id)).Select(row => row.Id)
                .ToListAsync(cancel)).ToHashSet();
        var taken = (await db.Obligations.Where(row => row.CycleId == cycleId && households.Contains(row.HouseholdId))
            .Select(row => new { row.HouseholdId, row.Component }).ToListAsync(cancel))
            .Select(row => (row.HouseholdId, row.Component)).ToHashSet();
        var fresh =
            rows.Where(row => row.AmountMinor > 0 && known.Add(row.Id) && taken.Add((row.HouseholdId, row.Component)))
                .ToList();
        if (fresh.Count != rows.Count)
        {
            LogLeftOut(logger, cycleId, message.Chunk, rows.Count - fresh.Count);
        }

        return fresh;
    }

    private static Obligation From(CycleId cycleId, EntitlementRow row) => new()
    {
        Id = new ObligationId(TypedId.Parse<EntitlementId>(row.EntitlementId).Value),
        CycleId = cycleId,
        HouseholdId = TypedId.Parse<HouseholdId>(row.HouseholdId),
        Component = row.Component,
        AmountMinor = row.AmountMinor,
        Area = row.Area,
        Instrument = row.Instrument,
        PayeeFingerprint = row.PayeeFingerprint,
        FundingSource = row.FundingSource,
    };

    [LoggerMessage(EventId = 4001, Level = LogLevel.Warning,
        Message = "Cycle {CycleId}, chunk {Chunk}: {Count} entitlements are repeated or not above zero and were left "
            + "out")]
    private static partial void LogLeftOut(ILogger logger, CycleId cycleId, int chunk, int count);
}
