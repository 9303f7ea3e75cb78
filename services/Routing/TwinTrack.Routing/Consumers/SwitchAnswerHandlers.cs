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
/// Providers withdrew the unsent instructions of one channel. The first answer counts, because a repeated withdrawal
/// finds fewer.
/// </summary>
internal sealed class UnsentWithdrawnHandler(RoutingDb db, AuditTrail<RoutingDb> audit, TimeProvider clock)
    : IMessageHandler<UnsentWithdrawn>
{
    public async Task HandleAsync(UnsentWithdrawn message, CancellationToken cancel)
    {
        var id = SwitchId.Parse(message.SwitchId, null);
        if (await db.FencedChannels.SingleOrDefaultAsync(
            row => row.SwitchId == id && row.Channel == message.Channel, cancel) is { Withdrawn: null } channel)
        {
            channel.Withdrawn = message.Count;
            await audit.RecordAsync(Actor.System, "withdraw-unsent", message.SwitchId,
                new { message.Channel, message.Count }, cancel);
            await db.WakeJobAsync(SwitchJob.Kind, message.SwitchId, clock.GetUtcNow(), cancel);
        }
    }
}

/// <summary>Providers asked for the recalls on one channel. The first answer counts.</summary>
internal sealed class RecallRequestedHandler(RoutingDb db, AuditTrail<RoutingDb> audit, TimeProvider clock)
    : IMessageHandler<RecallRequested>
{
    public async Task HandleAsync(RecallRequested message, CancellationToken cancel)
    {
        var id = SwitchId.Parse(message.SwitchId, null);
        if (await db.FencedChannels.SingleOrDefaultAsync(
            row => row.SwitchId == id && row.Channel == message.Channel, cancel) is { RecallsAsked: null } channel)
        {
            (channel.RecallsAsked, channel.NotRecallable) = (message.Requested, message.NotRecallable);
            await audit.RecordAsync(Actor.System, "recall-sent", message.SwitchId,
                new { message.Channel, message.Requested, message.NotRecallable }, cancel);
            await db.WakeJobAsync(SwitchJob.Kind, message.SwitchId, clock.GetUtcNow(), cancel);
        }
    }
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
