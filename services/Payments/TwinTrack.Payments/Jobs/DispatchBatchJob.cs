using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Payments.Instructions;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Payments.Jobs;

/// <summary>
/// Sends a released batch, in order of obligation. Subject: the batch. Cursor: the last obligation looked at.
/// </summary>
internal sealed class DispatchBatchJob(PaymentsDb db, InstructionRelease release, TimeProvider clock)
    : IJob<PaymentsDb>
{
    internal const string Kind = "dispatch-batch";
    private const int ChunkMax = 1_000;

    public async Task<JobStep> StepAsync(Job job, CancellationToken cancel)
    {
        var id = TypedId.Parse<BatchId>(job.Subject);
        var after = job.Cursor is null ? default : new ObligationId(Guid.Parse(job.Cursor));
        var batch = await db.Batches.AsNoTracking().SingleAsync(row => row.Id == id, cancel);
        return await db.InTransactionAsync(
            async () =>
            {
                var page = await db.Obligations.Where(row => row.BatchId == id && row.Id > after).OrderBy(row => row.Id)
                    .Select(row => row.Id).Take(ChunkMax).ToListAsync(cancel);
                // Instructions with a channel. The others are planned again once the rest has left.
                var rows =
                    await db.Planned(
                        db.Instructions.Where(row => page.Contains(row.ObligationId) && row.Channel != null))
                        .ToListAsync(cancel);
                var released = await release.ReleaseAsync_NeedsTransaction(
                    batch, rows, Actor.Parse(batch.ReleasedBy!), cancel);
                await db.Batches.Where(row => row.Id == id).ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.Released, row => row.Released + released), cancel);
                job.Cursor = page.Count == 0 ? job.Cursor : page[^1].Value.ToString("n");
                job.Done += page.Count;
                if (page.Count == ChunkMax)
                {
                    return JobStep.Again;
                }

                await db.WakeJobAsync(PlanFurtherAttemptsJob.Kind, job.Subject, clock.GetUtcNow(), cancel);
                return JobStep.Finished;
            },
            cancel);
    }
}
