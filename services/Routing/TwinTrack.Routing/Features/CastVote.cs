using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Web;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Jobs;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Features;

/// <summary>
/// POST /switches/{id}/votes: a co-chair's vote on the rehearsal that they saw. The vote that completes the quorum
/// starts the switch.
/// </summary>
internal static class CastVote
{
    /// <param name="Hash">Of the rehearsal that was read.</param>
    /// <param name="ConfirmReach">
    /// Confirms by name that the switch reaches few or none of the payments that it covers, as the rehearsal warns.
    /// </param>
    internal sealed record Request(string Hash, bool Approve, bool ConfirmReach = false);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/switches/{id}/votes", AnswerAsync)
        .RequireRole(Role.CoChair)
        .WithName(nameof(CastVote))
        .WithSummary("Vote on a switch for your party.");

    private static async Task<Results<Ok<SwitchAnswer>, ProblemHttpResult>> AnswerAsync(
        SwitchId id, Request request, ClaimsPrincipal user, RoutingDb db, SwitchClocks clocks,
        AuditTrail<RoutingDb> audit, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.SwitchToChangeAsync(id, cancel) is not { } subject)
        {
            return SwitchRefusals.Unknown.ToProblem();
        }

        var now = clock.GetUtcNow();
        var actor = user.ToActor();
        if (!subject.Cast(actor, user.IsInRole(Role.CoChair), request.Hash ?? "", request.Approve, now,
                request.ConfirmReach)
            .Allows(out var state, out var refusal))
        {
            return refusal.ToProblem();
        }

        if (state == SwitchState.Voted)
        {
            await clocks.StartDeadlineAsync(subject, now, cancel);
        }

        await db.WakeJobAsync(SwitchJob.Kind, id.ToString(), now, cancel);
        await audit.RecordAsync(actor, request.Approve ? "approve-switch" : "oppose-switch", id.ToString(),
            new { request.Hash, ReachConfirmed = request.ConfirmReach, State = state.ToString() }, cancel);
        return TypedResults.Ok(new SwitchAnswer(id, state));
    }
}
