using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Web;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Features;

/// <summary>POST /switches/{id}/votes/withdraw: take one's own vote back while the ballot is open.</summary>
internal static class WithdrawVote
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/switches/{id}/votes/withdraw", AnswerAsync)
        .RequireRole(Role.CoChair)
        .WithName(nameof(WithdrawVote))
        .WithSummary("Take your vote back before the decision.");

    private static async Task<Results<Ok<SwitchAnswer>, ProblemHttpResult>> AnswerAsync(
        SwitchId id, ClaimsPrincipal user, RoutingDb db, AuditTrail<RoutingDb> audit, CancellationToken cancel)
    {
        if (await db.SwitchToChangeAsync(id, cancel) is not { } subject)
        {
            return SwitchRefusals.Unknown.ToProblem();
        }

        if (!subject.TakeBack(user.ToActor()).Allows(out var vote, out var refusal))
        {
            return refusal.ToProblem();
        }

        await audit.RecordAsync(user.ToActor(), "withdraw-vote", id.ToString(), new { vote.Hash, vote.Approve },
            cancel);
        return TypedResults.Ok(new SwitchAnswer(id, subject.State));
    }
}
