using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Web;
using TwinTrack.Routing.Domain;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Jobs;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Features;

/// <summary>
/// POST /reviews/{id}/decision: a co-chair reviews a pause or a suspension. It is kept, or it ends at once.
/// </summary>
internal static class DecideReview
{
    /// <param name="Decision">confirm or lift.</param>
    internal sealed record Request(string Decision, string Note);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/reviews/{id}/decision", AnswerAsync)
        .RequireRole(Role.CoChair)
        .WithName(nameof(DecideReview))
        .WithSummary("Keep a pause or a suspension, or end it.");

    private static async Task<Results<Ok<PauseReview>, ProblemHttpResult>> AnswerAsync(
        PauseReviewId id, Request request, ClaimsPrincipal user, RoutingDb db, GateCommands commands,
        Suspensions suspensions, AuditTrail<RoutingDb> audit, TimeProvider clock, CancellationToken cancel)
    {
        if (request.Decision is not ("confirm" or "lift")
            || !FreeText.IsGiven(request.Note, Channel.ReasonMax))
        {
            return SwitchRefusals.Invalid($"decision: confirm or lift; note: 1 to {Channel.ReasonMax} characters.")
                .ToProblem();
        }

        if (await db.PauseReviews.SingleOrDefaultAsync(row => row.Id == id, cancel) is not { } review)
        {
            return SwitchRefusals.UnknownReview.ToProblem();
        }

        var (actor, now) = (user.ToActor(), clock.GetUtcNow());
        var lift = request.Decision == "lift";
        if (!review.Go(lift ? ReviewTrigger.Lift : ReviewTrigger.Confirm, actor, request.Note, now)
            .Allows(out _, out var refusal)
            || (lift
                && (refusal = await LiftAsync(
                    review, request.Note, actor, db, commands, suspensions, now, cancel)) is not null))
        {
            return refusal.ToProblem();
        }

        await audit.RecordAsync(actor, $"{request.Decision}-pause", id.ToString(),
            new { review.Channel, Suspension = review.SuspensionId?.ToString(), request.Note }, cancel);
        return TypedResults.Ok(review);
    }

    /// <returns>Null when the channel is opening, or the suspension has ended.</returns>
    private static async Task<Refusal?> LiftAsync(PauseReview review, string note, Actor actor, RoutingDb db,
        GateCommands commands, Suspensions suspensions, DateTimeOffset now, CancellationToken cancel)
    {
        if (review.SuspensionId is { } id)
        {
            var suspension = await db.SuspensionToChangeAsync(id, cancel)
                ?? throw new InvalidOperationException($"No suspension {id}.");
            return suspensions.End(suspension, note, actor, now) is Result<Suspension>.No(var ended) ? ended : null;
        }

        var channel = await db.ChannelToChangeAsync(review.Channel!, cancel)
            ?? throw new InvalidOperationException($"No channel {review.Channel}.");
        if (channel.Resume(now) is Result<Channel>.No(var refusal))
        {
            return refusal;
        }

        await commands.SendAsync(channel, actor.ToString(), now, cancel);
        return null;
    }
}
