using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Payments.Instructions;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Payments.Jobs;

/// <summary>Frees the obligations of a refused or cancelled batch for another batch. Subject: the batch.</summary>
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
                await db.Obligations.Where(row => ids.Contains(row.Id)).ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.BatchId, (BatchId?)null)
                        .SetProperty(row => row.UnpaidReason, (string?)null), cancel);
                job.Done += ids.Count;
                return ids.Count == ChunkMax ? JobStep.Again : JobStep.Finished;
            },
            cancel);
    }
}
