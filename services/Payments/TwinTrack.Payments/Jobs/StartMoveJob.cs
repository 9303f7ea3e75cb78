using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Payments.Jobs;

/// <summary>
/// Compares the voted list with the current list. If they are equal, marks the attempts in doubt and starts planning
/// the rest again. Subject: the switch.
/// </summary>
internal sealed class StartMoveJob(PaymentsDb db, Outbox<PaymentsDb> outbox, AuditTrail<PaymentsDb> audit,
    TimeProvider clock) : IJob<PaymentsDb>
{
    internal const string Kind = "begin-move";

    public async Task<JobStep> StepAsync(Job job, CancellationToken cancel)
    {
        var id = TypedId.Parse<SwitchId>(job.Subject);
        var asked = await db.Moves.AsNoTracking().SingleAsync(row => row.Id == id, cancel);
        if (asked.State != MoveState.Checking)
        {
            return JobStep.Finished;
        }

        var scope = MoveScope.Of(asked);
        var found = await DispositionsQuery.ReadAsync(db, scope, null, cancel);
        await db.InTransactionAsync(
            async () =>
            {
                var move = await db.Moves.SingleAsync(row => row.Id == id, cancel);
                if (move.State == MoveState.Checking)
                {
                    await (string.Equals(found.ListHash, move.ListHash, StringComparison.OrdinalIgnoreCase)
                        ? BeginAsync(move, scope, found, cancel)
                        : RefuseAsync(move, found, cancel));
                }
            },
            cancel);
        return JobStep.Finished;
    }

    private async Task BeginAsync(Move move, MoveScope scope, DispositionsQuery found, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        move.State = MoveState.Active;
        move.StartedAt = now;
        var batches = await scope.BatchesAsync(db, cancel);
        var (areas, channels, everywhere) = (scope.Areas, scope.Channels, scope.Areas.Length == 0);
        var held = await db.Instructions
            .Where(row => batches.Contains(row.BatchId) && row.State == InstructionState.InDoubt
                && channels.Contains(row.Channel))
            .Where(row => everywhere || db.Obligations.Any(of => of.Id == row.ObligationId && areas.Contains(of.Area)))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.FoundInDoubtBy, move.Id), cancel);
        await audit.RecordAsync(
            Actor.System, "begin-move", move.Id.ToString(),
            new { found.ListHash, found.Count, found.SumMinor, HeldInDoubt = held, move.Decision }, cancel);
        // The withdrawal also took payments of earlier cycles. No move covers them, so they are planned now too.
        await PlanFurtherAttemptsJob.WakeUnpaidAsync(db, move.Programme, now, cancel);
    }

    private async Task RefuseAsync(Move move, DispositionsQuery found, CancellationToken cancel)
    {
        move.State = MoveState.Refused;
        outbox.Send(new MoveRefused(move.Id.ToString(), found.ListHash));
        await audit.RecordAsync(Actor.System, "refuse-move", move.Id.ToString(),
            new { Voted = move.ListHash, Found = found.ListHash, move.Decision }, cancel);
    }
}
