using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain.Webhooks;
using TwinTrack.Payments.Persistence;
using TwinTrack.Payments.Webhooks;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Web;

namespace TwinTrack.Payments.Features;

/// <summary>
/// POST /subscribers/{id}/secret: a new secret, shown once. The old secret also signs for a day. The answer is not
/// stored for replays, like the first secret.
/// </summary>
internal static class RotateSubscriberSecret
{
    internal sealed record Response(SubscriberId Id, string Secret, DateTimeOffset OldUntil);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/subscribers/{id}/secret", AnswerAsync)
        .RequireRole(Role.Admin)
        .WithOwnTransaction()
        .WithName(nameof(RotateSubscriberSecret))
        .WithSummary("Give a subscriber a new secret, shown once; the old one signs beside it for 24 hours.")
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> AnswerAsync(
        SubscriberId id, PaymentsDb db, SubscriberSecrets secrets, AuditTrail<PaymentsDb> audit, TimeProvider clock,
        ClaimsPrincipal user, CancellationToken cancel)
    {
        var secret = secrets.New();
        var until = clock.GetUtcNow() + SubscriberSecrets.Overlap;
        var known = await db.InTransactionAsync(
            async () =>
            {
                if (await db.Subscribers.FindAsync([id], cancel) is not { } subscriber)
                {
                    return false;
                }

                (subscriber.OldSecret, subscriber.OldUntil, subscriber.Secret) =
                    (subscriber.Secret, until, secret.Sealed);
                await audit.RecordAsync(user.ToActor(), "rotate-subscriber-secret", id.ToString(),
                    new { OldUntil = until }, cancel);
                return true;
            },
            cancel);
        return known ? TypedResults.Ok(new Response(id, secret.Shown, until)) : SubscriberRefusals.Unknown.ToProblem();
    }
}
