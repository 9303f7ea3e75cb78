using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Persistence;
using TwinTrack.Payments.Webhooks;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Payments.Jobs;

/// <summary>
/// Adds obligations to a batch (<see cref="BatchBuilder"/>) and asks Routing for their channels. Seals the content when
/// every answer has arrived. Subject: the batch. Cursor: a <see cref="TakeCursor"/>, then <c>routing</c>.
/// </summary>
internal sealed class PlanBatchJob(PaymentsDb db, BatchBuilder builder, Outbox<PaymentsDb> outbox,
    AuditTrail<PaymentsDb> audit, SubscriberEventRecorder events, TimeProvider clock) : IJob<PaymentsDb>
{
    internal const string Kind = "plan-batch";
    internal const int ChunkMax = 500;
    private const string Routing = "routing";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task<JobStep> StepAsync(Job job, CancellationToken cancel)
    {
        var id = TypedId.Parse<BatchId>(job.Subject);
        var batch = await db.Batches.AsNoTracking().SingleAsync(row => row.Id == id, cancel);
        if (batch.State != BatchState.Planning)
        {
            return JobStep.Finished;
        }

        if (job.Cursor != Routing)
        {
            await TakeInAsync(job, batch, cancel);
            return JobStep.Again;
        }

        if (await Unanswered(batch).AnyAsync(cancel))
        {
            // The last answer wakes this job, or the incident that drops the last plan. If an answer was lost, this
            // asks again.
            await AskAgainAsync(batch, cancel);
            return JobStep.After(Patience);
        }

        await SealAsync(batch, cancel);
        return JobStep.Finished;
    }

    /// <summary>
    /// Counts answers, or plans that an incident dropped before their answer came. The last one wakes this job. Both
    /// may count the same plan. The job then wakes too early, looks at the plans, and waits again.
    /// </summary>
    internal static async Task CountAnswersAsync_NeedsTransaction(
        PaymentsDb db, BatchId batch, int count, DateTimeOffset now, CancellationToken cancel)
    {
        var planning = db.Batches.Where(row => row.Id == batch && row.State == BatchState.Planning);
        await planning.ExecuteUpdateAsync(set => set.SetProperty(row => row.Routed, row => row.Routed + count), cancel);
        if (await planning.AnyAsync(row => row.Routed >= row.Count, cancel))
        {
            await db.WakeJobAsync(Kind, batch.ToString(), now, cancel);
        }
    }

    private async Task TakeInAsync(Job job, Batch batch, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var cursor = TakeCursor.Parse(job.Cursor);
        await db.InTransactionAsync(
            async () =>
            {
                var page = await builder.TakeAsync_NeedsTransaction(batch, cursor.After, ChunkMax, cancel);
                var taken = page.Lines;
                job.Cursor = page.Last is { } last ? new TakeCursor(cursor.Chunk + 1, last).ToString() : Routing;
                job.Done += taken.Count;
                if (taken.Count == 0)
                {
                    return;
                }

                var plans = taken.ConvertAll(row => new Instruction
                {
                    Id = InstructionId.New(clock),
                    ObligationId = row.Id,
                    Generation = row.Generation,
                    BatchId = batch.Id,
                    AmountMinor = row.AmountMinor,
                    Evidence = row.Evidence,
                    ChangedAt = now,
                });
                await db.BulkInsertAsync(plans, cancel);
                var sum = taken.Sum(row => row.AmountMinor);
                await db.Batches.Where(row => row.Id == batch.Id).ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.Count, row => row.Count + taken.Count)
                        .SetProperty(row => row.SumMinor, row => row.SumMinor + sum),
                    cancel);
                outbox.Send(new RouteInstructions(
                    job.Subject,
                    cursor.Chunk,
                    batch.Programme,
                    batch.CycleId.ToString(),
                    [.. taken.Zip(
                        plans, (row, plan) =>
                            new RouteRow(plan.Id.ToString(), row.Area, row.Instrument, row.AmountMinor,
                                row.Id.ToString(), row.FundingSource))]));
            },
            cancel);
    }

    /// <summary>The chunk that is taken next, and the last obligation that was looked at.</summary>
    private sealed record TakeCursor(int Chunk, ObligationId After)
    {
        /// <summary>An older version stored only the number of chunks.</summary>
        public static TakeCursor Parse(string? text) => text?.Split('|') switch
        {
            [var chunk, var after] => new TakeCursor(NumberOf(chunk), new ObligationId(Guid.Parse(after))),
            [var chunk] => new TakeCursor(NumberOf(chunk), default),
            _ => new TakeCursor(0, default),
        };

        public override string ToString() => Invariant($"{Chunk}|{After.Value:n}");

        private static int NumberOf(string text) =>
            int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }

    private IQueryable<Instruction> Unanswered(Batch batch) =>
        from obligation in db.Obligations
        where obligation.BatchId == batch.Id
        join plan in db.Instructions on obligation.Id equals plan.ObligationId
        where plan.BatchId == batch.Id && plan.State == InstructionState.Planned && plan.Channel == null
        select plan;

    private Task AskAgainAsync(Batch batch, CancellationToken cancel)
    {
        var before = clock.GetUtcNow() - Patience;
        return db.InTransactionAsync(
            async () =>
            {
                var unanswered = await (
                    from plan in Unanswered(batch)
                    where plan.ChangedAt < before
                    join obligation in db.Obligations on plan.ObligationId equals obligation.Id
                    select new
                    {
                        plan.Id,
                        obligation.Area,
                        obligation.Instrument,
                        obligation.AmountMinor,
                        plan.ObligationId,
                        obligation.FundingSource
                    })
                    .Take(ChunkMax).ToListAsync(cancel);
                if (unanswered.Count > 0)
                {
                    outbox.Send(new RouteInstructions(
                        batch.Id.ToString(),
                        0,
                        batch.Programme,
                        batch.CycleId.ToString(),
                        [.. unanswered.Select(
                            row => new RouteRow(
                                row.Id.ToString(), row.Area, row.Instrument, row.AmountMinor,
                                row.ObligationId.ToString(), row.FundingSource))]));
                }
            },
            cancel);
    }

    private async Task SealAsync(Batch planned, CancellationToken cancel)
    {
        // Read outside the transaction, because a batch cannot change between the last answer and the seal.
        var content = await BatchContent.ReadAsync(db, planned.Id, cancel);
        var currency = Currency.Of(planned.Currency)
            .Match(known => known, no => throw new InvalidOperationException(no.Reason));
        await db.InTransactionAsync(
            async () =>
            {
                var batch = await db.Batches.SingleAsync(row => row.Id == planned.Id, cancel);
                if (!BatchLifecycle.Table.Next(batch.State, BatchTrigger.Complete).Allows(out var next, out _))
                {
                    return;
                }

                batch.State = next;
                batch.ContentHash = content.Hash;
                batch.Composition = JsonSerializer.Serialize(content.Composition);
                batch.StepsRequired = ApprovalPolicy.StepsFor(content.SumMinor, currency);
                batch.Version++;
                await events.BatchAsync_NeedsTransaction(batch, cancel);
                await audit.RecordAsync(
                    Actor.System, "seal-batch", planned.Id.ToString(), new
                    {
                        content.Count,
                        content.SumMinor,
                        ContentHash = content.Hash,
                        batch.StepsRequired
                    }, cancel);
            },
            cancel);
    }
}
