using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Observability;
using TwinTrack.Platform.Storage;
using TwinTrack.Reconciliation.Domain;
using TwinTrack.Reconciliation.Jobs;
using TwinTrack.Reconciliation.Persistence;

namespace TwinTrack.Reconciliation.Consumers;

/// <summary>
/// Applies state changes to the expectations and the ledger. A state change is identified by instruction and version,
/// so a repeated or late one changes no sum.
/// </summary>
internal sealed class InstructionStatesChangedHandler(ReconciliationDb db, Ledger ledger, TimeProvider clock)
    : IMessageHandler<InstructionStatesChanged>
{
    public async Task HandleAsync(InstructionStatesChanged message, CancellationToken cancel)
    {
        Activity.Current.TagInstructions(message.Rows.Select(row => row.InstructionId));
        // An expectation is read, computed and replaced. Two copies of this service must not do this at once for the
        // same instructions.
        var batch = TypedId.Parse<BatchId>(message.BatchId);
        await db.LockAsync(AddendumSignal.LockNameOf(batch), cancel);
        var changes = await NewOnesAsync(message, cancel);
        if (changes.Count == 0)
        {
            return;
        }

        var ids = changes.Select(change => change.Instruction.Value).Distinct().ToList();
        var known = await db.Expectations.AsNoTracking().Where(row => ids.Contains(row.InstructionId))
            .ToDictionaryAsync(row => row.InstructionId, cancel);
        var (changed, postings) = Expectation.Apply(known, changes);
        // Replaced as a set with two statements per message, however many different outcomes it carries.
        if (known.Count > 0)
        {
            await db.Expectations.Where(row => ids.Contains(row.InstructionId)).ExecuteDeleteAsync(cancel);
        }

        await db.BulkInsertAsync(changed, cancel);
        await db.BulkInsertAsync(
            [.. changes.Select(
                change =>
                    new AppliedStateChange { InstructionId = change.Instruction.Value, Version = change.Version })],
                cancel);
        await ledger.BookAsync(postings, message.Programme, batch, message.Currency, cancel);
        await db.WakeAddendumAsync(batch, clock.GetUtcNow(), cancel);
        if (await db.Breaks.AnyAsync(
            row => row.InstructionId != null && ids.Contains(row.InstructionId.Value) && row.State == BreakState.Open,
            cancel))
        {
            await db.WakeJobAsync(ReviewBreaksJob.Kind, ReviewBreaksJob.Subject, clock.GetUtcNow(), cancel);
        }
    }

    private async Task<List<StateChange>> NewOnesAsync(InstructionStatesChanged message, CancellationToken cancel)
    {
        var changes = message.Rows.Select(row => ToStateChange(message, row))
            .DistinctBy(change => (change.Instruction, change.Version)).ToList();
        var ids = changes.Select(change => change.Instruction.Value).Distinct().ToList();
        var applied =
            (await db.AppliedStateChanges.AsNoTracking().Where(row => ids.Contains(row.InstructionId))
                .ToListAsync(cancel))
            .Select(row => (row.InstructionId, row.Version)).ToHashSet();
        return changes.FindAll(change => !applied.Contains((change.Instruction.Value, change.Version)));
    }

    private static StateChange ToStateChange(InstructionStatesChanged message, StateChangeRow row) => new(
        TypedId.Parse<InstructionId>(row.InstructionId),
        TypedId.Parse<ObligationId>(row.ObligationId),
        TypedId.Parse<BatchId>(message.BatchId),
        message.Programme,
        message.Currency,
        row.Channel,
        row.Track,
        row.FundingSource,
        row.Version,
        Word.Parse<InstructionState>(row.From, "rows.from"),
        Word.Parse<InstructionState>(row.To, "rows.to"),
        row.AmountMinor,
        row.At);
}
