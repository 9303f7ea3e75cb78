using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform;

namespace TwinTrack.Payments.Jobs;

/// <summary>
/// Plans again what evidence has freed in a released batch: what never left, at any time; what was rejected, recalled or returned, only
/// in the scope of an active move. Woken whenever something is freed, and by itself while a plan waits for a channel. Subject: the
/// batch. Cursor: how often in a row it has only repeated questions, for the back-off.
/// </summary>
internal sealed class PlanAgain(PaymentsDb db, Outbox<PaymentsDb> outbox, TimeProvider clock) : IJob<PaymentsDb>
{
    internal const string Kind = "plan-again";
    private const int ChunkMax = 500;
    private static readonly TimeSpan AskFirst = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AskMax = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AskMaxInMove = TimeSpan.FromSeconds(5);

    public async Task<JobStep> StepAsync(Job job, CancellationToken cancel)
    {
        var id = TypedId.Parse<BatchId>(job.Subject);
        var batch = await db.Batches.AsNoTracking().SingleAsync(row => row.Id == id, cancel);
        if (batch.State != BatchState.Released)
        {
            return JobStep.Finished;
        }

        var repeats = int.Parse(job.Cursor ?? "0", CultureInfo.InvariantCulture);
        var moves = await db.Moves.AsNoTracking().Where(move => move.CycleId == batch.CycleId && move.State == MoveState.Active).ToListAsync(cancel);
        var wait = Wait(repeats, moves.Count > 0 ? AskMaxInMove : AskMax);
        if (moves.Count == 0 && await DropOutOfScopeAsync(batch, cancel))
        {
            return JobStep.Again;
        }

        // Those asked before a move began were answered by the old routes: for them nothing needs to be waited for.
        var due = moves.Select(move => move.StartedAt ?? default).Append(clock.GetUtcNow() - wait).Max();
        foreach (var move in moves.Cast<Move?>().Append(null))
        {
            if (await AskAsync(job, batch, repeats, Freed(batch, move), due, cancel))
            {
                return JobStep.Again;
            }
        }

        return await Waiting(batch).AnyAsync(cancel) ? JobStep.After(wait) : JobStep.Finished;
    }

    private static TimeSpan Wait(int repeats, TimeSpan max)
    {
        var wait = AskFirst * Math.Pow(2, Math.Min(repeats, 10));
        return wait < max ? wait : max;
    }

    private sealed record Candidate(Obligation Obligation, InstructionState Ended, InstructionId? Plan);

    /// <summary>Unpaid, unblocked, unclaimed, and freed: by never having left, or in the scope of this move by any evidence.</summary>
    private IQueryable<Obligation> Freed(Batch batch, Move? move)
    {
        var unpaid = db.Obligations.Where(row =>
            row.BatchId == batch.Id && row.UnpaidReason != null && row.BlockedByIncident == null && row.LastReleased > 0
            && !db.Claims.Any(claim => claim.ObligationId == row.Id));
        if (move is null)
        {
            return unpaid.Where(row => db.Instructions.Any(one =>
                one.ObligationId == row.Id && one.Generation == row.LastReleased && one.State == InstructionState.Withdrawn));
        }

        // One attempt a switch: what its own attempt could not pay either is for people to look at. So is money that came back
        // after a partial delivery, because the remainder is owed by itself.
        var freed = InstructionLifecycle.Freed;
        var areas = move.AreaList();
        var channels = move.ChannelList();
        var everywhere = areas.Length == 0;
        return unpaid.Where(row =>
            (everywhere || areas.Contains(row.Area))
            && db.Instructions.Any(one => one.ObligationId == row.Id && one.Generation == row.LastReleased && freed.Contains(one.State) && one.SwitchId != move.Id
                && (one.State != InstructionState.Returned || one.SettledMinor == one.AmountMinor))
            && db.Instructions.Any(one => one.ObligationId == row.Id && channels.Contains(one.Channel)));
    }

    private IQueryable<Instruction> Waiting(Batch batch) =>
        from obligation in db.Obligations
        where obligation.BatchId == batch.Id && obligation.UnpaidReason != null && obligation.LastReleased > 0
        join plan in db.Instructions
            on new { ObligationId = obligation.Id, Generation = obligation.LastPlanned } equals new { plan.ObligationId, plan.Generation }
        where plan.State == InstructionState.Planned
        select plan;

    private Task<bool> AskAsync(Job job, Batch batch, int repeats, IQueryable<Obligation> freed, DateTimeOffset due, CancellationToken cancel) =>
        db.InTransactionAsync(
            async () =>
            {
                var found = await (
                    from obligation in freed
                    let plan = db.Instructions.FirstOrDefault(one =>
                        one.ObligationId == obligation.Id && one.Generation == obligation.LastPlanned && one.State == InstructionState.Planned)
                    where plan == null || (plan.Channel == null && plan.ChangedAt <= due)
                    join last in db.Instructions
                        on new { ObligationId = obligation.Id, Generation = obligation.LastReleased } equals new { last.ObligationId, last.Generation }
                    orderby obligation.Id
                    select new { Obligation = obligation, Ended = last.State, Plan = plan == null ? (InstructionId?)null : plan.Id })
                    .AsNoTracking().Take(ChunkMax).ToListAsync(cancel);
                if (found.Count == 0)
                {
                    return false;
                }

                var rows = found.ConvertAll(row => new Candidate(row.Obligation, row.Ended, row.Plan));
                var plans = await PlanAsync(batch, rows, cancel);
                job.Cursor = plans.Count == 0 ? Math.Min(repeats + 1, 10).ToString(CultureInfo.InvariantCulture) : "0";
                job.Done += rows.Count;
                var planned = plans.ToDictionary(plan => plan.ObligationId, plan => plan.Id);
                outbox.Send(new RouteInstructions(
                    $"again:{batch.Id}",
                    0,
                    batch.Programme,
                    batch.CycleId.ToString(),
                    [
                        .. rows.Select(row => new RouteRow(
                            (row.Plan ?? planned[row.Obligation.Id]).ToString(), row.Obligation.Area, row.Obligation.Instrument, row.Obligation.AmountMinor)),
                    ]));
                return true;
            },
            cancel);

    /// <summary>The next generation for those that have none yet; the others are only asked for again.</summary>
    private async Task<List<Instruction>> PlanAsync(Batch batch, List<Candidate> rows, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var repeated = rows.Where(row => row.Plan is not null).Select(row => row.Plan!.Value).ToList();
        await db.Instructions.Where(plan => repeated.Contains(plan.Id)).ExecuteUpdateAsync(set => set.SetProperty(plan => plan.ChangedAt, now), cancel);
        var plans = rows.Where(row => row.Plan is null).Select(row => new Instruction
        {
            Id = InstructionId.New(clock),
            ObligationId = row.Obligation.Id,
            Generation = row.Obligation.LastPlanned + 1,
            BatchId = batch.Id,
            AmountMinor = row.Obligation.AmountMinor,
            Evidence = InstructionLifecycle.EvidenceOf(row.Ended),
            ChangedAt = now,
        }).ToList();
        await db.BulkInsertAsync(plans, cancel);
        var fresh = plans.ConvertAll(plan => plan.ObligationId);
        await db.Obligations.Where(row => fresh.Contains(row.Id)).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.LastPlanned, row => row.LastPlanned + 1), cancel);
        return plans;
    }

    /// <summary>No move is active any more: what had not simply never left goes back to being unpaid by its own reason.</summary>
    private Task<bool> DropOutOfScopeAsync(Batch batch, CancellationToken cancel) =>
        db.InTransactionAsync(
            async () =>
            {
                var now = clock.GetUtcNow();
                var rows = await (
                    from plan in Waiting(batch)
                    join obligation in db.Obligations on plan.ObligationId equals obligation.Id
                    join last in db.Instructions
                        on new { ObligationId = obligation.Id, Generation = obligation.LastReleased } equals new { last.ObligationId, last.Generation }
                    where last.State != InstructionState.Withdrawn
                    orderby plan.Id
                    select new { Plan = plan.Id, Obligation = obligation.Id, last.State, last.Code })
                    .Take(ChunkMax).ToListAsync(cancel);
                var plans = rows.ConvertAll(row => row.Plan);
                var sources = InstructionLifecycle.Table.Sources(InstructionTrigger.Drop);
                await db.Instructions.Where(plan => plans.Contains(plan.Id) && sources.Contains(plan.State)).ExecuteUpdateAsync(
                    set => set
                        .SetProperty(plan => plan.State, InstructionState.Withdrawn)
                        .SetProperty(plan => plan.Version, plan => plan.Version + 1)
                        .SetProperty(plan => plan.ChangedAt, now),
                    cancel);
                foreach (var group in rows.GroupBy(row => UnpaidReason.Of(row.State, row.Code)))
                {
                    var ids = group.Select(row => row.Obligation).ToList();
                    await db.Obligations.Where(row => ids.Contains(row.Id)).ExecuteUpdateAsync(set => set.SetProperty(row => row.UnpaidReason, group.Key), cancel);
                }

                return rows.Count > 0;
            },
            cancel);
}
