using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform;

namespace TwinTrack.Payments.Jobs;

/// <summary>Lets a released batch leave, in order of obligation. Subject: the batch. Cursor: the last obligation looked at.</summary>
internal sealed class DispatchBatch(PaymentsDb db, Dispatch dispatch) : IJob<PaymentsDb>
{
    internal const string Kind = "dispatch-batch";
    private const int ChunkMax = 1_000;

    public async Task<JobStep> StepAsync(Job job, CancellationToken cancel)
    {
        var id = TypedId.Parse<BatchId>(job.Subject);
        var after = job.Cursor is null ? Guid.Empty : Guid.Parse(job.Cursor);
        var batch = await db.Batches.AsNoTracking().SingleAsync(row => row.Id == id, cancel);
        return await db.InTransactionAsync(
            async () =>
            {
                // Ids have no order that the compiler knows; both engines order them alike.
                var page = await db.Obligations
                    .FromSql($"SELECT * FROM obligations WHERE batch_id = {id.Value} AND id > {after} ORDER BY id LIMIT {ChunkMax}")
                    .AsNoTracking().ToListAsync(cancel);
                var rows = await PlannedAsync(page, cancel);
                var released = await dispatch.ReleaseAsync_NeedsTransaction(batch, rows, Actor.Parse(batch.ReleasedBy!), cancel);
                await db.Batches.Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Released, row => row.Released + released), cancel);
                job.Cursor = page.Count == 0 ? job.Cursor : page.Max(row => row.Id.Value.ToString("n"));
                job.Done += page.Count;
                return page.Count < ChunkMax ? JobStep.Finished : JobStep.Again;
            },
            cancel);
    }

    /// <summary>Those with a channel; the others keep the reason that they are unpaid.</summary>
    private async Task<List<Planned>> PlannedAsync(List<Obligation> page, CancellationToken cancel)
    {
        var ids = page.ConvertAll(row => row.Id);
        var plans = await db.Instructions.AsNoTracking()
            .Where(row => ids.Contains(row.ObligationId) && row.State == InstructionState.Planned && row.Channel != null)
            .ToDictionaryAsync(row => row.ObligationId, cancel);
        return [.. page.Where(row => plans.ContainsKey(row.Id)).Select(row => new Planned(plans[row.Id], row))];
    }
}
