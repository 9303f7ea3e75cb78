using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Web;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Jobs;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Features;

/// <summary>
/// POST /suspensions/{id}/end: end a suspension. What waits for it is planned again within seconds. It opens no gate.
/// </summary>
internal static class ResumeTrack
{
    internal sealed record Request(string Reason);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/suspensions/{id}/end", AnswerAsync)
        .RequireRole(Role.Operator)
        .WithName(nameof(ResumeTrack))
        .WithSummary("End a suspension. The payments that wait for it leave.");

    private static async Task<Results<Ok<SuspensionView>, ProblemHttpResult>> AnswerAsync(
        SuspensionId id, Request request, ClaimsPrincipal user, RoutingDb db, Suspensions suspensions,
        PauseReviews reviews, AuditTrail<RoutingDb> audit, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.SuspensionToChangeAsync(id, cancel) is not { } suspension)
        {
            return SuspensionRefusals.Unknown.ToProblem();
        }

        var actor = user.ToActor();
        if (GateAuthorization.JudgeTrack(actor, suspension.Track) is { } otherParty)
        {
            return otherParty.ToProblem();
        }

        if (!suspensions.End(suspension, request.Reason, actor, clock.GetUtcNow()).Allows(out _, out var refusal))
        {
            return refusal.ToProblem();
        }

        await reviews.EndAsync(id, ReviewTrigger.Resume, actor, request.Reason, cancel);
        await audit.RecordAsync(actor, "resume-track", id.ToString(),
            new { suspension.Track, suspension.Programme, suspension.Areas, request.Reason }, cancel);
        return TypedResults.Ok(SuspensionView.Of(suspension));
    }
}
