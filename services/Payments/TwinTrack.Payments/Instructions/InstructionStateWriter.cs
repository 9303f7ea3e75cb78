using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Jobs;
using TwinTrack.Payments.Persistence;
using TwinTrack.Payments.Webhooks;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Payments.Instructions;

/// <summary>
/// The only writer of an instruction's state. With the state it writes the version, the claim, the obligation's reason
/// and the payment's history. It informs Reconciliation and subscribers. All writes are one transaction, set by set.
/// </summary>
internal sealed class InstructionStateWriter(
    PaymentsDb db, Outbox<PaymentsDb> outbox, SubscriberEventRecorder events, TimeProvider clock)
{
    /// <summary>Rows of about 350 bytes in a message of at most 256 KB.</summary>
    internal const int MessageRowsMax = 500;

    private const int StatementRowsMax = 1_000;

    /// <summary>
    /// Makes plans live. The primary key of the claims table refuses a second live attempt.
    /// </summary>
    /// <param name="plans">With their routes.</param>
    internal async Task ReleaseAsync_NeedsTransaction(
        IReadOnlyCollection<PlannedInstruction> plans, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await db.BulkInsertAsync(
            [.. plans.Select(plan => new ObligationClaim
            {
                ObligationId = plan.ObligationId,
                InstructionId = plan.Id,
                Generation = plan.Generation,
                Epoch = plan.Route.Epoch,
            })],
            cancel);
        var changes = plans.Select(plan => plan.ToChange().Enter(InstructionState.Released, plan.AmountMinor, now))
            .ToList();
        ThrowUnless(await WriteAsync(changes, now, cancel));
        foreach (var chunk in changes.Chunk(StatementRowsMax))
        {
            var obligations = chunk.Select(change => change.ObligationId).ToList();
            await db.Obligations.Where(row => obligations.Contains(row.Id)).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.LastReleased, row => row.LastPlanned)
                    .SetProperty(row => row.UnpaidReason, (string?)null), cancel);
        }

        await PublishAsync(changes, cancel);
    }

    /// <summary>Drops plans before their release. No other service knows of them, so no message is sent.</summary>
    /// <param name="plans">An instruction that is no longer planned is left alone.</param>
    internal Task DropAsync_NeedsTransaction(IQueryable<Instruction> plans, CancellationToken cancel)
    {
        var sources = InstructionLifecycle.Table.Sources(InstructionTrigger.Drop);
        return SetAsync(plans.Where(plan => sources.Contains(plan.State)), InstructionState.Withdrawn, 1,
            clock.GetUtcNow(), null, cancel);
    }

    /// <summary>Writes what providers reported. <see cref="ReportRule"/> has determined the steps.</summary>
    /// <param name="reported">The instructions that change.</param>
    /// <param name="story">Every report of the message, also those that change nothing.</param>
    internal async Task ReportAsync_NeedsTransaction(
        IReadOnlyCollection<InstructionChange> reported, IReadOnlyCollection<ReportEntry> story,
        CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        ThrowUnless(await WriteAsync(reported, now, cancel));
        await GiveBackAsync(reported, cancel);
        await KeepReasonsAsync(reported, cancel);
        await db.BulkInsertAsync(story, cancel);
        await PublishAsync(reported, cancel);
    }

    /// <summary>Gives attempts up without evidence, by decision of two parties.</summary>
    /// <returns>
    /// False when evidence came for one of them since they were read. The caller must then undo the transaction.
    /// </returns>
    internal async Task<bool> AbandonAsync_NeedsTransaction(
        IReadOnlyCollection<InstructionChange> abandoned, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (!await WriteAsync(abandoned, now, cancel) || await GiveBackAsync(abandoned, cancel) != abandoned.Count)
        {
            return false;
        }

        await PublishAsync(abandoned, cancel);
        await WakePlanningAsync_NeedsTransaction(abandoned, InstructionLifecycle.Movable, cancel);
        return true;
    }

    /// <summary>Wakes the planning of each batch in which one of these changes allows another attempt.</summary>
    /// <param name="free">States after which another attempt may be planned now.</param>
    internal async Task WakePlanningAsync_NeedsTransaction(
        IReadOnlyCollection<InstructionChange> changes, IReadOnlyCollection<InstructionState> free,
        CancellationToken cancel)
    {
        var batches = changes.Where(change => free.Contains(change.To)).Select(change => change.BatchId.ToString())
            .Distinct().Order(StringComparer.Ordinal);
        foreach (var batch in batches)
        {
            await db.WakeJobAsync(PlanFurtherAttemptsJob.Kind, batch, clock.GetUtcNow(), cancel);
        }
    }

    /// <returns>False when a row has changed since it was read.</returns>
    private async Task<bool> WriteAsync(
        IReadOnlyCollection<InstructionChange> changes, DateTimeOffset now, CancellationToken cancel)
    {
        foreach (var group in changes.GroupBy(
            change => (change.From, change.To, Steps: change.Steps.Count, change.Columns)))
        {
            var (from, to, steps, columns) = group.Key;
            foreach (var chunk in group.Chunk(StatementRowsMax))
            {
                var ids = chunk.Select(change => change.Id).ToList();
                var read = db.Instructions.Where(row => ids.Contains(row.Id) && row.State == from);
                if (await SetAsync(read, to, steps, now, columns, cancel) != ids.Count)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static Task<int> SetAsync(IQueryable<Instruction> rows, InstructionState to, int steps, DateTimeOffset now,
        ColumnsOfChange? columns, CancellationToken cancel) => rows.ExecuteUpdateAsync(
            set =>
            {
                set.SetProperty(row => row.State, to)
                    .SetProperty(row => row.Version, row => row.Version + steps)
                    .SetProperty(row => row.ChangedAt, now);
                columns?.Set(set);
            },
            cancel);

    /// <summary>Releases the claims of attempts that are no longer live, and stores why each is unpaid.</summary>
    /// <returns>Number of released claims.</returns>
    private async Task<int> GiveBackAsync(IEnumerable<InstructionChange> changes, CancellationToken cancel)
    {
        var claims = 0;
        foreach (var group in changes.Where(change => InstructionLifecycle.GivesClaimBack(change.From, change.To))
            .GroupBy(change => UnpaidReason.Of(change.To, change.Columns?.ReportedCode)))
        {
            foreach (var chunk in group.Chunk(StatementRowsMax))
            {
                var instructions = chunk.Select(change => change.Id).ToList();
                var obligations = chunk.Select(change => change.ObligationId).ToList();
                claims += await db.Claims.Where(
                    claim => obligations.Contains(claim.ObligationId) && instructions.Contains(claim.InstructionId))
                    .ExecuteDeleteAsync(cancel);
                await db.Obligations.Where(row => obligations.Contains(row.Id))
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.UnpaidReason, group.Key), cancel);
            }
        }

        return claims;
    }

    /// <summary>
    /// Evidence came for attempts that had been given up without evidence. An obligation that nobody pays yet gets the
    /// evidence as its reason. If another attempt holds the claim, the obligation does not change.
    /// </summary>
    private async Task KeepReasonsAsync(IEnumerable<InstructionChange> changes, CancellationToken cancel)
    {
        foreach (var group in changes.Where(change => InstructionLifecycle.ProvesForced(change.From, change.To))
            .GroupBy(change => UnpaidReason.Of(change.To, change.Columns?.ReportedCode)))
        {
            var obligations = group.Select(change => change.ObligationId).ToList();
            await db.Obligations.Where(row => obligations.Contains(row.Id) && row.UnpaidReason == UnpaidReason.Forced)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.UnpaidReason, group.Key), cancel);
        }
    }

    /// <summary>Informs Reconciliation and subscribers.</summary>
    private async Task PublishAsync(IReadOnlyCollection<InstructionChange> changes, CancellationToken cancel)
    {
        foreach (var group in changes.GroupBy(change => change.BatchId))
        {
            var batch = await db.Batches.AsNoTracking().SingleAsync(row => row.Id == group.Key, cancel);
            foreach (var chunk in group.SelectMany(change => change.Steps).Chunk(MessageRowsMax))
            {
                outbox.Send(new InstructionStatesChanged(batch.Id.ToString(), batch.Programme, batch.Currency, chunk));
            }

            await events.PaymentsAsync_NeedsTransaction(batch, group.SelectMany(change => change.Steps), cancel);
        }
    }

    private static void ThrowUnless(bool asRead)
    {
        if (!asRead)
        {
            throw new InvalidOperationException(
                "Instructions changed since they were read. Nothing of this transaction is done. It is tried again.");
        }
    }
}
