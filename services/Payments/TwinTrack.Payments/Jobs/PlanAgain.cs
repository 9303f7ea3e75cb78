using System.Text.Json;
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
/// batch. Goes through its obligations pass after pass, until one finds nothing to ask. Cursor: a <see cref="Place"/>.
/// </summary>
internal sealed class PlanAgain(PaymentsDb db, Outbox<PaymentsDb> outbox, TimeProvider clock) : IJob<PaymentsDb>
{
    internal const string Kind = "plan-again";
    private const int ChunkMax = 500;
    private static readonly TimeSpan AskFirst = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AskMax = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AskMaxInMove = TimeSpan.FromSeconds(5);

    /// <summary>A question is in the outbox until Routing has it, so an answer that is not there yet is on its way. Asked again all the same, late, in case.</summary>
    private static readonly TimeSpan AnswerMax = TimeSpan.FromMinutes(2);

    public async Task<JobStep> StepAsync(Job job, CancellationToken cancel)
    {
        var id = TypedId.Parse<BatchId>(job.Subject);
        var batch = await db.Batches.AsNoTracking().SingleAsync(row => row.Id == id, cancel);
        if (batch.State != BatchState.Released)
        {
            return JobStep.Finished;
        }

        var place = Place.Parse(job.Cursor);
        var known = await db.Moves.AsNoTracking().Where(move => move.CycleId == batch.CycleId).OrderBy(move => move.Id).ToListAsync(cancel);
        var moves = known.FindAll(move => move.State == MoveState.Active);
        var wait = Wait(place.Repeats, moves.Count > 0 ? AskMaxInMove : AskMax);
        if (moves.Count == 0 && await DropOutOfScopeAsync(batch, cancel))
        {
            return JobStep.Again;
        }

        // Those answered before a move began were answered by the old routes: for them nothing needs to be waited for.
        var due = moves.Select(move => move.StartedAt ?? default).Append(clock.GetUtcNow() - wait).Max();
        for (; place.Scope <= moves.Count; place = place.NextScope())
        {
            if (await AskAsync(job, batch, place, Freed(batch, place.Scope < moves.Count ? moves[place.Scope] : null, known), due, cancel))
            {
                return JobStep.Again;
            }
        }

        var passed = await EndPassAsync(job, place, cancel);
        return passed ? JobStep.Again : await Waiting(batch).AnyAsync(cancel) ? JobStep.After(wait) : JobStep.Finished;
    }

    /// <summary>Whether the pass asked anything: then there is another, because more may have been freed behind it.</summary>
    private async Task<bool> EndPassAsync(Job job, Place place, CancellationToken cancel)
    {
        if (!place.Asked)
        {
            return false;
        }

        await db.InTransactionAsync(
            () =>
            {
                job.Cursor = new Place(place.Fresh ? 1 : Math.Min(place.Repeats + 1, 10)).ToString();
                return Task.CompletedTask;
            },
            cancel);
        return true;
    }

    /// <summary>How far a pass has come.</summary>
    /// <param name="Repeats">Passes in a row that only repeated questions, for the back-off.</param>
    /// <param name="Scope">Index of the move whose scope is gone through; after the last one, what never left wherever it is.</param>
    /// <param name="After">The last obligation asked for in this scope.</param>
    /// <param name="Asked">Whether the pass asked anything.</param>
    /// <param name="Fresh">Whether the pass planned anything new.</param>
    private sealed record Place(int Repeats, int Scope = 0, ObligationId After = default, bool Asked = false, bool Fresh = false)
    {
        /// <summary>Before there were passes the cursor was a bare number of repeats: such a job starts its pass anew.</summary>
        public static Place Parse(string? text) => text is ['{', ..] ? JsonSerializer.Deserialize<Place>(text)! : new Place(0);

        public Place NextScope() => this with { Scope = Scope + 1, After = default };

        public override string ToString() => JsonSerializer.Serialize(this);
    }

    private static TimeSpan Wait(int repeats, TimeSpan max)
    {
        var wait = AskFirst * Math.Pow(2, repeats);
        return wait < max ? wait : max;
    }

    private sealed record Candidate(Obligation Obligation, InstructionState Ended, InstructionId? Plan);

    /// <summary>Unpaid, unblocked, unclaimed, and freed: by never having left, or in the scope of this move by any evidence, or by two parties who gave it up without.</summary>
    /// <param name="batch">Released.</param>
    /// <param name="move">An active one; null for what never left.</param>
    /// <param name="known">All moves of the cycle, oldest first.</param>
    private IQueryable<Obligation> Freed(Batch batch, Move? move, List<Move> known)
    {
        var unpaid = db.Obligations.Where(row =>
            row.BatchId == batch.Id && row.UnpaidReason != null && row.BlockedByIncident == null && row.LastReleased > 0
            && !db.Claims.Any(claim => claim.ObligationId == row.Id));
        if (move is null)
        {
            return unpaid.Where(row => db.Instructions.Any(one =>
                one.ObligationId == row.Id && one.Generation == row.LastReleased && one.State == InstructionState.Withdrawn));
        }

        // One attempt a switch: what its own attempt could not pay either is for people to look at, and what a later one's could not is no
        // longer this one's to try: a return that was refused would be sent for ever. So is money that came back after a partial delivery, because
        // the remainder is owed by itself.
        SwitchId?[] tried = [.. known.SkipWhile(one => one.Id != move.Id).Select(one => (SwitchId?)one.Id)];
        var movable = InstructionLifecycle.Movable;
        var areas = move.AreaList();
        var channels = move.ChannelList();
        var everywhere = areas.Length == 0;
        return unpaid.Where(row =>
            (everywhere || areas.Contains(row.Area))
            && db.Instructions.Any(one => one.ObligationId == row.Id && one.Generation == row.LastReleased && movable.Contains(one.State) && !tried.Contains(one.SwitchId)
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

    private Task<bool> AskAsync(Job job, Batch batch, Place place, IQueryable<Obligation> freed, DateTimeOffset due, CancellationToken cancel) =>
        db.InTransactionAsync(
            async () =>
            {
                var overdue = clock.GetUtcNow() - AnswerMax;
                var found = await (
                    from obligation in freed
                    where obligation.Id > place.After
                    let plan = db.Instructions.FirstOrDefault(one =>
                        one.ObligationId == obligation.Id && one.Generation == obligation.LastPlanned && one.State == InstructionState.Planned)
                    where plan == null || (plan.Channel == null && plan.ChangedAt <= (plan.Why == null ? overdue : due))
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
                job.Cursor = (place with { After = rows[^1].Obligation.Id, Asked = true, Fresh = place.Fresh || plans.Count > 0 }).ToString();
                job.Done += rows.Count;
                var planned = plans.ToDictionary(plan => plan.ObligationId, plan => plan.Id);
                outbox.Send(new RouteInstructions(
                    $"again:{batch.Id}",
                    0,
                    batch.Programme,
                    batch.CycleId.ToString(),
                    [
                        .. rows.Select(row => new RouteRow(
                            (row.Plan ?? planned[row.Obligation.Id]).ToString(),
                            row.Obligation.Area,
                            row.Obligation.Instrument,
                            row.Obligation.AmountMinor,
                            row.Obligation.Id.ToString(),
                            row.Obligation.FundingSource)),
                    ]));
                return true;
            },
            cancel);

    /// <summary>The next generation for those that have none yet; the others are only asked for again.</summary>
    private async Task<List<Instruction>> PlanAsync(Batch batch, List<Candidate> rows, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var repeated = rows.Where(row => row.Plan is not null).Select(row => row.Plan!.Value).ToList();
        await db.Instructions.Where(plan => repeated.Contains(plan.Id)).ExecuteUpdateAsync(
            set => set.SetProperty(plan => plan.ChangedAt, now).SetProperty(plan => plan.Why, (string?)null), cancel);
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
