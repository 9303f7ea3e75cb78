using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Instructions;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Payments.Jobs;

/// <summary>
/// Frees the obligations of a refused or cancelled batch for another batch. What an earlier batch had left unpaid gets
/// its reason back, and the next follow-up of that batch takes it. Subject: the batch.
/// </summary>
internal sealed class FreeBatchJob(PaymentsDb db, InstructionStateWriter states) : IJob<PaymentsDb>
{
    internal const string Kind = "free-batch";
    private const int ChunkMax = 1_000;

    public async Task<JobStep> StepAsync(Job job, CancellationToken cancel)
    {
        var id = TypedId.Parse<BatchId>(job.Subject);
        return await db.InTransactionAsync(
            async () =>
            {
                var ids = await db.Obligations.Where(row => row.BatchId == id).OrderBy(row => row.Id).Take(ChunkMax)
                    .Select(row => row.Id).ToListAsync(cancel);
                await states.DropAsync_NeedsTransaction(
                    db.Instructions.Where(row => ids.Contains(row.ObligationId) && row.BatchId == id), cancel);
                var left = await LeftAsync(ids, cancel);
                await FreeAsync(ids, null, cancel);
                foreach (var group in left.GroupBy(row => row.Reason))
                {
                    await FreeAsync([.. group.Select(row => row.Id)], group.Key, cancel);
                }

                job.Done += ids.Count;
                return ids.Count == ChunkMax ? JobStep.Again : JobStep.Finished;
            },
            cancel);
    }

    private Task<int> FreeAsync(List<ObligationId> ids, string? reason, CancellationToken cancel) =>
        db.Obligations.Where(row => ids.Contains(row.Id)).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.BatchId, (BatchId?)null)
                .SetProperty(row => row.UnpaidReason, reason), cancel);

    /// <summary>What an earlier batch had left, each with its reason.</summary>
    private async Task<List<(ObligationId Id, string Reason)>> LeftAsync(
        List<ObligationId> ids, CancellationToken cancel)
    {
        var rows = await db.Obligations.AsNoTracking()
            .Where(row => ids.Contains(row.Id) && row.LeftByBatch != null).ToListAsync(cancel);
        var attempts = (await db.NewestAsync(rows.ConvertAll(row => row.Id), cancel))
            .ToDictionary(one => (one.ObligationId, one.Generation));
        return rows.ConvertAll(row =>
        {
            var last = attempts.GetValueOrDefault((row.Id, row.LastReleased));
            return (row.Id, row.UnpaidReason == UnpaidReason.LateSuccess ? UnpaidReason.LateSuccess
                : UnpaidReason.Again(last?.State, last?.Code, row.RemainderOf is not null,
                    attempts.GetValueOrDefault((row.Id, row.LastPlanned))?.Why));
        });
    }
}
