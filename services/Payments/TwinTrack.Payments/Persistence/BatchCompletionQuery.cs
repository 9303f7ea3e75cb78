using Microsoft.EntityFrameworkCore;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Jobs;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Payments.Persistence;

/// <summary>
/// Reads whether a batch has come to rest. The number of queries does not depend on the batch's size.
/// </summary>
internal static class BatchCompletionQuery
{
    private static readonly InstructionState[] Flying =
        [InstructionState.Released, InstructionState.Sent, InstructionState.Accepted];

    public static async Task<BatchCompletion> RestAsync(this PaymentsDb db, Batch batch, CancellationToken cancel)
    {
        var subject = batch.Id.ToString();
        var byState = await (
            from obligation in db.Obligations
            where obligation.BatchId == batch.Id
            join instruction in db.Instructions on obligation.Id equals instruction.ObligationId
            group instruction.SettledMinor by instruction.State into state
            select new { State = state.Key, Count = state.LongCount(), SettledMinor = state.Sum() }).ToListAsync(
            cancel);
        var settled = byState.SingleOrDefault(row => row.State == InstructionState.Settled);
        var free = FurtherAttemptRule.FreeStates(moving: false);
        var toBePlanned = await db.Obligations
            .Where(row => row.BatchId == batch.Id && row.UnpaidReason != null
                && !row.UnpaidReason.StartsWith(UnpaidReason.NoChannelPrefix))
            .Where(row => row.BlockedByIncident == null && row.LastReleased > 0)
            .LongCountAsync(
                row => db.Instructions.Any(
                    one => one.ObligationId == row.Id && one.Generation == row.LastReleased
                        && free.Contains(one.State)), cancel);
        return new BatchCompletion(
            await db.Jobs.AnyAsync(
                job => job.Kind == DispatchBatchJob.Kind && job.Subject == subject && job.State == JobState.Running,
                cancel),
            byState.Where(row => Flying.Contains(row.State)).Sum(row => row.Count),
            byState.Where(row => row.State == InstructionState.InDoubt).Sum(row => row.Count),
            toBePlanned,
            await db.Moves.LongCountAsync(
                move => move.CycleId == batch.CycleId
                    && (move.State == MoveState.Active || move.State == MoveState.Checking), cancel),
            settled?.Count ?? 0,
            settled?.SettledMinor ?? 0);
    }
}
