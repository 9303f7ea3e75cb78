using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Reconciliation.Domain;
using TwinTrack.Reconciliation.Persistence;

namespace TwinTrack.Reconciliation.Jobs;

/// <summary>
/// Compares a certified batch with what was signed last, and signs an addendum when they differ. It is woken by every
/// message that can change the figures of a certified batch. It waits a moment, so that one event is one addendum.
/// Subject: the batch.
/// </summary>
internal sealed class SignAddendumJob(ReconciliationDb db, AuditTrail<ReconciliationDb> audit, TimeProvider clock)
    : IJob<ReconciliationDb>
{
    internal const string Kind = "sign-addendum";

    public async Task<JobStep> StepAsync(Job job, CancellationToken cancel)
    {
        var id = TypedId.Parse<BatchId>(job.Subject);
        return await db.InTransactionAsync(
            async () =>
            {
                var batch = await db.Batches.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel);
                if (batch is { State: BatchState.Certified })
                {
                    await SignAsync(batch, cancel);
                }

                return JobStep.Finished;
            },
            cancel);
    }

    private async Task SignAsync(ReleasedBatch batch, CancellationToken cancel)
    {
        // State changes of one batch are applied under this lock. So the figures are of one moment.
        await db.LockAsync(AddendumSignal.LockNameOf(batch.Id), cancel);
        var last = await db.Addenda.AsNoTracking().Where(row => row.BatchId == batch.Id)
            .OrderByDescending(row => row.Number).FirstOrDefaultAsync(cancel);
        var signed = last is null
            ? CertifiedFigures.Of(Certificate.Read(batch.Certificate!)) : Addendum.Read(last.Json).Figures;
        var now = CertifiedFigures.Of(await db.FiguresAsync(batch, cancel));
        if (Addendum.Next(batch.Id.Text, last?.Number ?? 0, last?.Hash ?? batch.CertificateHash!, signed, now,
            Actor.System, clock.GetUtcNow()) is not { } addendum)
        {
            return;
        }

        var json = addendum.ToJson();
        var hash = Certificate.HashOf(json);
        db.Addenda.Add(new SignedAddendum
        {
            BatchId = batch.Id,
            Number = addendum.Number,
            Json = json,
            Hash = hash,
            SignedAt = addendum.SignedAt,
        });
        await audit.RecordAsync(Actor.System, "sign-addendum", batch.Id.Text,
            new { addendum.Number, addendumHash = hash, addendum.PreviousHash, addendum.Changes }, cancel);
    }
}

/// <summary>Wakes the addendum of a certified batch.</summary>
internal static class AddendumSignal
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(2);

    /// <summary>Name of the lock for the state changes of one batch.</summary>
    internal static string LockNameOf(BatchId batch) => $"expectations.{batch}";

    /// <summary>Does nothing for a batch that is not certified. Its certificate will have the change.</summary>
    internal static async Task WakeAddendumAsync(
        this ReconciliationDb db, BatchId batch, DateTimeOffset now, CancellationToken cancel)
    {
        if (await db.Batches.AnyAsync(row => row.Id == batch && row.State == BatchState.Certified, cancel))
        {
            await db.WakeJobAsync(SignAddendumJob.Kind, batch.Text, now + Moment, cancel);
        }
    }
}
