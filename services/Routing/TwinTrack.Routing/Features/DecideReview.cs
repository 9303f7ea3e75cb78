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

/// <summary>POST /reviews/{id}/decision: a co-chair reviews a pause, and keeps it or opens the channel again.</summary>
internal static class DecideReview
{
    /// <param name="Decision">confirm or lift.</param>
    internal sealed record Request(string Decision, string Note);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/reviews/{id}/decision", AnswerAsync)
        .RequireRole(Role.CoChair)
        .WithName(nameof(DecideReview))
        .WithSummary("Keep a pause, or end it.");

    private static async Task<Results<Ok<PauseReview>, ProblemHttpResult>> AnswerAsync(
        PauseReviewId id, Request request, ClaimsPrincipal user, RoutingDb db, GateCommands commands,
        AuditTrail<RoutingDb> audit, TimeProvider clock, CancellationToken cancel)
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
            || (lift && await LiftAsync(review.Channel, actor, db, commands, now, cancel) is Result<Channel>.No(var no)
                && (refusal = no) is not null))
        {
            return refusal.ToProblem();
        }

        await audit.RecordAsync(actor, $"{request.Decision}-pause", id.ToString(), new { review.Channel, request.Note },
            cancel);
        return TypedResults.Ok(review);
    }

    private static async Task<Result<Channel>> LiftAsync(
        string code, Actor actor, RoutingDb db, GateCommands commands, DateTimeOffset now, CancellationToken cancel)
    {
        var channel = await db.ChannelToChangeAsync(code, cancel)
            ?? throw new InvalidOperationException($"No channel {code}.");
        var resumed = channel.Resume(now);
        if (resumed is Result<Channel>.Ok)
        {
            await commands.SendAsync(channel, actor.ToString(), now, cancel);
        }

        return resumed;
    }
}
