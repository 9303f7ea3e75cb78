using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Jobs;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Payments.Consumers;

/// <summary>
/// Ends a move: an obligation that is freed later stays unpaid with its reason. If EndMove arrives before StartMove, a
/// row is stored so that the move never starts.
/// </summary>
internal sealed class EndMoveHandler(PaymentsDb db, AuditTrail<PaymentsDb> audit, TimeProvider clock)
    : IMessageHandler<EndMove>
{
    public async Task HandleAsync(EndMove message, CancellationToken cancel)
    {
        var id = TypedId.Parse<SwitchId>(message.SwitchId);
        var now = clock.GetUtcNow();
        if (await db.Moves.FindAsync([id], cancel) is not { } move)
        {
            db.Moves.Add(new Move
            {
                Id = id,
                State = MoveState.Ended,
                CycleId = default,
                Programme = "",
                Areas = "[]",
                Channels = "[]",
                ListHash = "",
                Decision = "",
                EndedAt = now,
            });
            // What was withdrawn for it has waited for its start.
            await PlanFurtherAttemptsJob.WakeUnpaidAsync(db, null, now, cancel);
            return;
        }

        if (!MoveLifecycle.Table.Next(move.State, MoveTrigger.End).Allows(out var next, out _))
        {
            return;
        }

        (move.State, move.EndedAt) = (next, now);
        await audit.RecordAsync(Actor.System, "end-move", message.SwitchId, new { move.ListHash }, cancel);
        await PlanFurtherAttemptsJob.WakeUnpaidAsync(db, move.Programme, now, cancel);
    }
}
