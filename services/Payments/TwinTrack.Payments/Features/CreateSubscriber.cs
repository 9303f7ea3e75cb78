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
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Web;

namespace TwinTrack.Payments.Features;

/// <summary>
/// POST /subscribers: register an outside system that receives events. The answer shows the secret once. So the answer
/// is not stored for replays, where the secret would be readable. A repeated request is recognised by the subscriber's
/// name.
/// </summary>
internal static class CreateSubscriber
{
    private const int NameMax = 64;

    /// <param name="Name">1 to 64 characters, unique.</param>
    /// <param name="Address">Where events are posted; https.</param>
    /// <param name="Types">Event types, e.g. payment.settled, batch.certified.</param>
    /// <param name="Programme">Null for all.</param>
    /// <param name="Party">government, or partner: then only payments over the partners' track.</param>
    internal sealed record Request(string Name, string Address, IReadOnlyList<string> Types, string? Programme,
        string Party);

    /// <param name="Secret">whsec_ and base64; not shown again.</param>
    internal sealed record Response(SubscriberId Id, string Secret);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/subscribers", AnswerAsync)
        .RequireRole(Role.Admin)
        .WithOwnTransaction()
        .WithName(nameof(CreateSubscriber))
        .WithSummary("Register a subscriber that receives events. Its secret is shown once.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<Results<Created<Response>, ProblemHttpResult>> AnswerAsync(
        Request request, PaymentsDb db, WebhookSettings settings, SubscriberSecrets secrets,
        AuditTrail<PaymentsDb> audit, TimeProvider clock, ClaimsPrincipal user, CancellationToken cancel)
    {
        if (!FreeText.IsGiven(request.Name, NameMax))
        {
            return SubscriberRefusals.Name.ToProblem();
        }

        if (!Subscription.Of(request.Address, request.Types, request.Programme, request.Party, settings.PlainHttp)
            .Allows(out var asked, out var refusal))
        {
            return refusal.ToProblem();
        }

        var secret = secrets.New();
        var subscriber = new Subscriber
        {
            Id = SubscriberId.New(clock),
            Name = request.Name,
            Address = asked.Address.ToString(),
            Types = string.Join(',', asked.Subscription.Types.Order(StringComparer.Ordinal)),
            Programme = request.Programme,
            Party = request.Party,
            Secret = secret.Sealed,
            CreatedAt = clock.GetUtcNow(),
        };
        var added = await db.InTransactionAsync(
            async () =>
            {
                if (await db.Subscribers.AnyAsync(row => row.Name == request.Name, cancel))
                {
                    return false;
                }

                db.Subscribers.Add(subscriber);
                await audit.RecordAsync(
                    user.ToActor(), "create-subscriber", subscriber.Id.ToString(), new
                    {
                        subscriber.Name,
                        asked.Address.Host,
                        subscriber.Types,
                        subscriber.Programme,
                        subscriber.Party
                    }, cancel);
                return true;
            },
            cancel);
        return added
            ? TypedResults.Created($"/payments/subscribers/{subscriber.Id}", new Response(subscriber.Id, secret.Shown))
            : SubscriberRefusals.NameTaken.ToProblem();
    }
}
