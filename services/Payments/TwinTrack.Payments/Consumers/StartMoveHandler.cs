using System.Text.Json;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Jobs;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Payments.Consumers;

/// <summary>
/// Stores the request to move and starts the check of its list. A repeated message changes nothing. After a refusal it
/// may come with another list.
/// </summary>
internal sealed class StartMoveHandler(PaymentsDb db, TimeProvider clock) : IMessageHandler<StartMove>
{
    public async Task HandleAsync(StartMove message, CancellationToken cancel)
    {
        var id = TypedId.Parse<SwitchId>(message.SwitchId);
        var now = clock.GetUtcNow();
        await db.LockAsync(Move.LockNameOf(id), cancel);
        if (await db.Moves.FindAsync([id], cancel) is not { } move)
        {
            db.Moves.Add(new Move
            {
                Id = id,
                CycleId = TypedId.Parse<CycleId>(message.CycleId),
                Programme = message.Programme,
                Areas = JsonSerializer.Serialize(message.Areas),
                Channels = JsonSerializer.Serialize(message.Channels),
                ListHash = message.ListHash,
                Decision = message.Decision,
            });
        }
        else if (move.ListHash != message.ListHash
            && MoveLifecycle.Table.Next(move.State, MoveTrigger.AskAgain).Allows(out var next, out _))
        {
            (move.State, move.ListHash, move.Decision) = (next, message.ListHash, message.Decision);
        }
        else
        {
            if (move.State == MoveState.Ended)
            {
                // The end came before the start. Obligations that were withdrawn for this move are planned now.
                await PlanFurtherAttemptsJob.WakeUnpaidAsync(db, message.Programme, now, cancel);
            }

            return;
        }

        await db.WakeJobAsync(StartMoveJob.Kind, message.SwitchId, now, cancel);
    }
}
