using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain.Webhooks;
using TwinTrack.Payments.Persistence;
using TwinTrack.Payments.Webhooks;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Web;

namespace TwinTrack.Payments.Features;

/// <summary>
/// POST /subscribers/{id}/replays: send one event again, or all events of a time span. The event ids stay the same, so
/// that the receiver recognises repeats.
/// </summary>
internal static class ReplayDeliveries
{
    private static readonly TimeSpan RangeMax = TimeSpan.FromDays(31);

    /// <param name="EventId">One event. Then give no times.</param>
    /// <param name="From">Start of the time span, included.</param>
    /// <param name="To">End of the time span, excluded.</param>
    /// <param name="FailedOnly">Leave out delivered events.</param>
    internal sealed record Request(string? EventId, DateTimeOffset? From, DateTimeOffset? To, bool FailedOnly = false);

    internal sealed record Response(int Replayed);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/subscribers/{id}/replays", AnswerAsync)
        .RequireRole(Role.Admin, Role.Operator)
        .WithName(nameof(ReplayDeliveries))
        .WithSummary("Send one event, or those of a time, to a subscriber again.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> AnswerAsync(
        SubscriberId id, Request request, PaymentsDb db, WebhookSettings settings, AuditTrail<PaymentsDb> audit,
        TimeProvider clock, ClaimsPrincipal user, CancellationToken cancel)
    {
        if (await db.Subscribers.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel) is not { } subscriber)
        {
            return SubscriberRefusals.Unknown.ToProblem();
        }

        var one = request is { EventId: not null, From: null, To: null };
        if (!one && !(request is { EventId: null, From: { } from, To: { } to } && from < to && to - from <= RangeMax))
        {
            return SubscriberRefusals.Range.ToProblem();
        }

        var sources = request.FailedOnly ? [DeliveryState.Failed]
            : DeliveryLifecycle.Table.Sources(DeliveryTrigger.Replay);
        var wanted = db.Deliveries.Where(row => row.SubscriberId == id && sources.Contains(row.State));
        wanted = one ? wanted.Where(row => row.EventId == request.EventId)
            : wanted.Where(row => row.CreatedAt >= request.From && row.CreatedAt < request.To);
        if (subscriber.Backlog + await wanted.CountAsync(cancel) > settings.BacklogMax)
        {
            return SubscriberRefusals.Full.ToProblem();
        }

        var now = clock.GetUtcNow();
        var replayed = await wanted.ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, DeliveryState.Pending).SetProperty(row => row.DueAt, now)
                .SetProperty(row => row.Attempts, 0), cancel);
        await db.Subscribers.Where(row => row.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Backlog, row => row.Backlog + replayed), cancel);
        await db.WakeJobAsync(DeliverEventsJob.Kind, id.ToString(), now, cancel);
        await audit.RecordAsync(user.ToActor(), "replay-deliveries", id.ToString(),
            new { request.EventId, request.From, request.To, request.FailedOnly, Replayed = replayed }, cancel);
        return TypedResults.Ok(new Response(replayed));
    }
}
