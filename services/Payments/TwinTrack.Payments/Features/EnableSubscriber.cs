using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Domain.Webhooks;
using TwinTrack.Payments.Persistence;
using TwinTrack.Payments.Webhooks;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Web;

namespace TwinTrack.Payments.Features;

/// <summary>
/// POST /subscribers/{id}/enabling and /disabling: whether events are sent to it. Waiting events are kept either way.
/// </summary>
internal static class EnableSubscriber
{
    private const int ReasonMax = 500;

    /// <param name="Reason">Why, without personal data; 1 to 500 characters.</param>
    internal sealed record Request(string Reason);

    internal static void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, "enabling", "EnableSubscriber", "Send events again, waiting events first.",
            SubscriberState.Active);
        Map(routes, "disabling", "DisableSubscriber", "Stop sending. Events are still stored.",
            SubscriberState.Disabled);
    }

    private static void Map(IEndpointRouteBuilder routes, string path, string name, string summary,
        SubscriberState state) => routes
        .MapPost($"/subscribers/{{id}}/{path}",
            (SubscriberId id, Request request, PaymentsDb db, AuditTrail<PaymentsDb> audit, TimeProvider clock,
                ClaimsPrincipal user, CancellationToken cancel) =>
            AnswerAsync(id, state, request, db, audit, clock, user, cancel))
        .RequireRole(Role.Admin)
        .WithName(name)
        .WithSummary(summary)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<SubscriberView>, ProblemHttpResult>> AnswerAsync(
        SubscriberId id, SubscriberState state, Request request, PaymentsDb db, AuditTrail<PaymentsDb> audit,
        TimeProvider clock, ClaimsPrincipal user, CancellationToken cancel)
    {
        if (!FreeText.IsGiven(request.Reason, ReasonMax))
        {
            return PaymentRefusals.NoReason.ToProblem();
        }

        var reason = state == SubscriberState.Disabled ? request.Reason : null;
        var changed = await db.Subscribers.Where(row => row.Id == id).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, state).SetProperty(row => row.Reason, reason)
                .SetProperty(row => row.FailuresInARow, 0), cancel);
        if (changed == 0)
        {
            return SubscriberRefusals.Unknown.ToProblem();
        }

        await db.WakeJobAsync(DeliverEventsJob.Kind, id.ToString(), clock.GetUtcNow(), cancel);
        await audit.RecordAsync(user.ToActor(),
            state == SubscriberState.Active ? "enable-subscriber" : "disable-subscriber", id.ToString(),
            new { request.Reason }, cancel);
        return TypedResults.Ok(
            SubscriberView.Of(await db.Subscribers.AsNoTracking().SingleAsync(row => row.Id == id, cancel)));
    }
}
