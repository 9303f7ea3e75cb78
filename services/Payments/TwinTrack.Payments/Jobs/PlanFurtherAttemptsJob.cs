using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Instructions;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Payments.Jobs;

/// <summary>
/// Plans the attempts that <see cref="FurtherAttemptRule"/> allows in a released batch. It plans what was freed, and
/// what had no channel when the batch was planned. It is woken when an obligation is freed and when the routes change.
/// It also wakes by time while a plan waits for a channel. Subject: the batch. One pass reads its obligations once. A
/// wake during a pass starts another pass. Cursor: a <see cref="PassProgress"/>.
/// </summary>
internal sealed class PlanFurtherAttemptsJob(
    PaymentsDb db, UnpaidQuery unpaid, InstructionStateWriter states, Outbox<PaymentsDb> outbox, TimeProvider clock)
    : IJob<PaymentsDb>
{
    internal const string Kind = "plan-again";
    private const int ChunkMax = UnpaidQuery.PageMax;
    private const int RepeatsMax = 10;
    private static readonly TimeSpan AskFirst = TimeSpan.FromSeconds(1);
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

        var known = await db.MovesOfAsync(batch.CycleId, cancel);
        var moves = known.FindAll(move => move.State == MoveState.Active);
        if (moves.Count == 0 && await DropOutOfScopeAsync(batch, cancel))
        {
            return JobStep.Again;
        }

        var progress = PassProgress.Of(job);
        var waitMax = moves.Count > 0 ? AskMaxInMove : AskMax;
        // An answer from before the routes changed, or a move began, is old. Its question is asked again at once.
        var due = moves.Select(move => move.StartedAt ?? default)
            .Append(await RoutesChangedAsync(batch.Programme, cancel))
            .Append(clock.GetUtcNow() - Wait(progress.Repeats, waitMax)).Max();
        var reach = MoveQuery.ReachOf(known);
        var found = await unpaid.FindAsync(batch, progress.After, reach, due, cancel);
        if (found.Count > 0)
        {
            await AskAsync(job, batch, progress, found, cancel);
            return JobStep.Again;
        }

        var waits = await Waiting(batch).AnyAsync(cancel);
        var idle = !progress.Asked && waits && !await MayAskAsync(batch, reach, cancel);
        var repeats = await EndPassAsync(job, progress, idle, cancel);
        if (progress.Wakes != job.Wakes)
        {
            return JobStep.Again;
        }

        return waits ? JobStep.After(Wait(repeats, waitMax)) : JobStep.Finished;
    }

    /// <summary>Whether an answer is under way, or a question can become due without a new event.</summary>
    private async Task<bool> MayAskAsync(Batch batch, List<MoveCoverage> reach, CancellationToken cancel) =>
        await Waiting(batch).AnyAsync(plan => plan.Channel == null && plan.Why == null, cancel)
        || (await unpaid.FindAsync(batch, default, reach, clock.GetUtcNow(), cancel)).Count > 0;

    /// <param name="idle">Whether only a new event can continue the planning.</param>
    /// <returns>Passes in a row that only repeated questions.</returns>
    private async Task<int> EndPassAsync(Job job, PassProgress progress, bool idle, CancellationToken cancel)
    {
        if (!progress.Asked && !idle)
        {
            return progress.Repeats;
        }

        var repeats = idle ? RepeatsMax : progress.Fresh ? 1 : Math.Min(progress.Repeats + 1, RepeatsMax);
        await db.InTransactionAsync(
            () =>
            {
                job.Cursor = new PassProgress(repeats, Seen: progress.Wakes).ToString();
                return Task.CompletedTask;
            },
            cancel);
        return repeats;
    }

    /// <summary>Progress of a pass.</summary>
    /// <param name="Repeats">Passes in a row that only repeated questions, for the back-off.</param>
    /// <param name="Wakes">
    /// The job's wake count when the pass began. A later wake may free obligations that the pass has already read. Null
    /// before it begins.
    /// </param>
    /// <param name="After">The last obligation that was asked for.</param>
    /// <param name="Asked">Whether the pass asked anything.</param>
    /// <param name="Fresh">Whether the pass planned anything new.</param>
    /// <param name="Seen">Number of wakes when the last whole pass began.</param>
    private sealed record PassProgress(int Repeats, int? Wakes = null, ObligationId After = default, bool Asked = false,
        bool Fresh = false, int? Seen = null)
    {
        /// <summary>
        /// An older version stored only the number of repeats as the cursor. Such a job starts a new pass.
        /// </summary>
        public static PassProgress Of(Job job)
        {
            var stored = job.Cursor is ['{', ..]
                ? JsonSerializer.Deserialize<PassProgress>(job.Cursor)! : new PassProgress(0);
            return stored with { Wakes = stored.Wakes ?? job.Wakes };
        }

        public override string ToString() => JsonSerializer.Serialize(this);
    }

    /// <summary>When the routes of this programme last changed, as far as Payments knows.</summary>
    private async Task<DateTimeOffset> RoutesChangedAsync(string programme, CancellationToken cancel) =>
        await db.RouteChanges.AsNoTracking()
            .Where(change => change.Programme == programme || change.Programme == RouteChange.AllProgrammes)
            .Select(change => (DateTimeOffset?)change.At).MaxAsync(cancel) ?? default;

    /// <summary>Wakes the planning of the batches that are being paid and in which an obligation is unpaid.</summary>
    /// <param name="programme">Null for every programme.</param>
    internal static async Task WakeUnpaidAsync(
        PaymentsDb db, string? programme, DateTimeOffset at, CancellationToken cancel)
    {
        var batches = await db.Batches
            .Where(batch => batch.State == BatchState.Released && (programme == null || batch.Programme == programme)
                && db.Obligations.Any(row => row.BatchId == batch.Id && row.UnpaidReason != null))
            .OrderBy(batch => batch.Id).Select(batch => batch.Id).ToListAsync(cancel);
        foreach (var batch in batches)
        {
            await db.WakeJobAsync(Kind, batch.ToString(), at, cancel);
        }
    }

    /// <summary>
    /// Whether more may be planned for a switch without a new event. That is so before its move starts, while a pass is
    /// due, and while Routing's answer for a plan is under way. False when everything allowed is planned, or when the
    /// last passes only repeated questions.
    /// </summary>
    internal static async Task<bool> IsPlanningAsync(
        PaymentsDb db, MoveScope scope, DateTimeOffset now, CancellationToken cancel)
    {
        if (!await db.Moves.AnyAsync(move => move.Id == scope.SwitchId
            && (move.State == MoveState.Active || move.State == MoveState.Ended), cancel))
        {
            return true;
        }

        var batches = await scope.BatchesAsync(db, cancel);
        var answerDue = now - UnpaidQuery.AnswerMax;
        if (await db.Instructions.AnyAsync(plan => batches.Contains(plan.BatchId)
            && plan.State == InstructionState.Planned && plan.Channel == null && plan.Why == null
            && plan.ChangedAt > answerDue, cancel))
        {
            return true;
        }

        var subjects = batches.ConvertAll(batch => batch.ToString());
        var running = await db.Jobs.AsNoTracking()
            .Where(job => job.Kind == Kind && subjects.Contains(job.Subject) && job.State == JobState.Running)
            .ToListAsync(cancel);
        return running.Exists(job => PassProgress.Of(job) is var progress
            && (progress.Repeats < RepeatsMax || progress.Seen != job.Wakes));
    }

    private static TimeSpan Wait(int repeats, TimeSpan max)
    {
        var wait = AskFirst * Math.Pow(2, repeats);
        return wait < max ? wait : max;
    }

    private IQueryable<Instruction> Waiting(Batch batch) =>
        from obligation in db.Obligations
        where obligation.BatchId == batch.Id && obligation.UnpaidReason != null
        join plan in db.Instructions
            on new { ObligationId = obligation.Id, Generation = obligation.LastPlanned } equals new
            {
                plan.ObligationId,
                plan.Generation
            }
        where plan.State == InstructionState.Planned
        select plan;

    private Task AskAsync(
        Job job, Batch batch, PassProgress progress, List<UnpaidObligation> found, CancellationToken cancel) =>
        db.InTransactionAsync(
            async () =>
            {
                var rows = await StillUnpaidAsync(batch, found, cancel);
                var plans = await PlanAsync(batch, rows, cancel);
                job.Cursor =
                    (progress with
                    {
                        After = found[^1].Id,
                        Asked = true,
                        Fresh = progress.Fresh || plans.Count > 0
                    }).ToString();
                job.Done += rows.Count;
                if (rows.Count > 0)
                {
                    outbox.Send(new RouteInstructions(
                        $"again:{batch.Id}", 0, batch.Programme, batch.CycleId.ToString(),
                        [.. rows.Select(row => row.Ask(row.Plan ?? plans[row.Id]))]));
                }
            },
            cancel);

    /// <summary>Reads again in the transaction, and asks <see cref="FurtherAttemptRule.IsStillFree"/>.</summary>
    private async Task<List<UnpaidObligation>> StillUnpaidAsync(
        Batch batch, List<UnpaidObligation> found, CancellationToken cancel)
    {
        await db.LockAsync(LockNameOf(batch.Id), cancel);
        var released = await db.Batches.AnyAsync(
            one => one.Id == batch.Id && one.State == BatchState.Released, cancel);
        var ids = found.ConvertAll(row => row.Id);
        var now = await db.Obligations.Where(row => ids.Contains(row.Id))
            .Select(row => new
            {
                row.Id,
                Unpaid = row.UnpaidReason != null,
                Blocked = row.BlockedByIncident != null,
                Claimed = db.Claims.Any(claim => claim.ObligationId == row.Id),
                row.LastPlanned,
                row.LastReleased,
            })
            .ToDictionaryAsync(
                row => row.Id,
                row => new ObligationStanding(
                    row.Unpaid, row.Blocked, row.Claimed, released, row.LastPlanned, row.LastReleased),
                cancel);
        return found.FindAll(
            row => FurtherAttemptRule.IsStillFree(now[row.Id], row.LastPlanned, row.LastReleased));
    }

    /// <summary>Name of the lock for planning again in a batch, or closing it.</summary>
    internal static string LockNameOf(BatchId batch) => $"plan-again.{batch}";

    /// <summary>Makes the next generation where there is none yet. The others are only asked for again.</summary>
    private async Task<Dictionary<ObligationId, InstructionId>> PlanAsync(
        Batch batch, List<UnpaidObligation> rows, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var repeated = rows.Where(row => row.Plan is not null).Select(row => row.Plan!.Value).ToList();
        if (repeated.Count > 0)
        {
            await db.Instructions.Where(plan => repeated.Contains(plan.Id)).ExecuteUpdateAsync(
                set => set.SetProperty(plan => plan.ChangedAt, now).SetProperty(plan => plan.Why, (string?)null),
                cancel);
        }

        var plans = rows.Where(row => row.Plan is null).Select(row => new Instruction
        {
            Id = InstructionId.New(clock),
            ObligationId = row.Id,
            Generation = row.LastPlanned + 1,
            BatchId = batch.Id,
            AmountMinor = row.AmountMinor,
            Evidence = InstructionLifecycle.EvidenceOf(row.Last.State),
            ChangedAt = now,
        }).ToList();
        await db.BulkInsertAsync(plans, cancel);
        var fresh = plans.ConvertAll(plan => plan.ObligationId);
        await db.Obligations.Where(row => fresh.Contains(row.Id)).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.LastPlanned, row => row.LastPlanned + 1), cancel);
        return plans.ToDictionary(plan => plan.ObligationId, plan => plan.Id);
    }

    /// <summary>
    /// No move is active any more. Plans are dropped, except those after an attempt that never left, and those of a
    /// follow-up that waits for a channel. Their obligations become unpaid by their last attempt's reason.
    /// </summary>
    private Task<bool> DropOutOfScopeAsync(Batch batch, CancellationToken cancel) =>
        db.InTransactionAsync(
            async () =>
            {
                var free = FurtherAttemptRule.FreeStates(moving: false);
                var rows = await (
                    from plan in Waiting(batch)
                    join obligation in db.Obligations on plan.ObligationId equals obligation.Id
                    join last in db.Instructions
                        on new
                        {
                            ObligationId = obligation.Id,
                            Generation = obligation.LastReleased
                        } equals new { last.ObligationId, last.Generation }
                    where !free.Contains(last.State) && last.BatchId == batch.Id
                    orderby plan.Id
                    select new { Plan = plan.Id, Obligation = obligation.Id, last.State, last.Code })
                    .Take(ChunkMax).ToListAsync(cancel);
                var plans = rows.ConvertAll(row => row.Plan);
                await states.DropAsync_NeedsTransaction(
                    db.Instructions.Where(plan => plans.Contains(plan.Id)), cancel);
                foreach (var group in rows.GroupBy(row => UnpaidReason.Of(row.State, row.Code)))
                {
                    var ids = group.Select(row => row.Obligation).ToList();
                    await db.Obligations.Where(row => ids.Contains(row.Id))
                        .ExecuteUpdateAsync(set => set.SetProperty(row => row.UnpaidReason, group.Key), cancel);
                }

                return rows.Count > 0;
            },
            cancel);
}
