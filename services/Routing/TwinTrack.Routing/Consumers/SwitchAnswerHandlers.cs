using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Providers.V1;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Jobs;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Consumers;

/// <summary>
/// Providers' running answer about one channel: the proof, then the withdrawals, then the recalls. The first value of
/// each counts. The id says whether a switch or a suspension stopped the scope.
/// </summary>
internal sealed class ScopeStoppedHandler(RoutingDb db, AuditTrail<RoutingDb> audit, TimeProvider clock)
    : IMessageHandler<ScopeStopped>
{
    public async Task HandleAsync(ScopeStopped message, CancellationToken cancel)
    {
        var suspension = SuspensionId.TryParse(message.SwitchId, null, out var suspensionId);
        var stop = suspension ? await StopAsync(suspensionId, message, cancel)
            : await StopAsync(SwitchId.Parse(message.SwitchId, null), message, cancel);
        if (stop?.Take(new RunningAnswer(message.LastSequence, message.At, message.Withdrawn, message.RecallsAsked,
            message.NotRecallable)) != true)
        {
            return;
        }

        await audit.RecordAsync(Actor.System, "stop-answer", message.SwitchId, new
        {
            message.Channel,
            message.Epoch,
            message.LastSequence,
            message.Withdrawn,
            message.RecallsAsked,
            message.NotRecallable
        }, cancel);
        if (!suspension)
        {
            await db.WakeJobAsync(SwitchJob.Kind, message.SwitchId, clock.GetUtcNow(), cancel);
        }
    }

    private async Task<ChannelStop?> StopAsync(SwitchId id, ScopeStopped message, CancellationToken cancel) =>
        await db.StoppedChannels.SingleOrDefaultAsync(
            row => row.SwitchId == id && row.Channel == message.Channel && row.Epoch == message.Epoch, cancel);

    private async Task<ChannelStop?> StopAsync(SuspensionId id, ScopeStopped message, CancellationToken cancel) =>
        await db.SuspendedChannels.SingleOrDefaultAsync(
            row => row.SuspensionId == id && row.Channel == message.Channel && row.Epoch == message.Epoch, cancel);
}

/// <summary>Payments found that the list differs from the voted list and moved nothing. The switch is voided.</summary>
internal sealed class MoveRefusedHandler(RoutingDb db, Outbox<RoutingDb> outbox, AuditTrail<RoutingDb> audit,
    TimeProvider clock) : IMessageHandler<MoveRefused>
{
    public async Task HandleAsync(MoveRefused message, CancellationToken cancel)
    {
        var subject = await db.SwitchToChangeAsync(SwitchId.Parse(message.SwitchId, null), cancel);
        // A switch that has ended stays as it ended.
        if (subject
            ?.Void("Payments refused to move: its list is not the one voted on.",
                clock.GetUtcNow()) is Result<SwitchState>.Ok)
        {
            outbox.Send(new EndMove(message.SwitchId));
            await audit.RecordAsync(Actor.System, "void-switch", message.SwitchId,
                new { Voted = subject.ListHash, Seen = message.ListHash }, cancel);
            await db.WakeJobAsync(SwitchJob.Kind, message.SwitchId, clock.GetUtcNow(), cancel);
        }
    }
}
