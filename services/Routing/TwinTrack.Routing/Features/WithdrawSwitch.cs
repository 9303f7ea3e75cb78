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

/// <summary>POST /switches/{id}/withdraw: give a proposal up before it is decided.</summary>
internal static class WithdrawSwitch
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/switches/{id}/withdraw", AnswerAsync)
        .RequireRole(Role.Operator, Role.Facilitator)
        .WithName(nameof(WithdrawSwitch))
        .WithSummary("Withdraw a proposed switch before it is decided.");

    private static async Task<Results<Ok<SwitchAnswer>, ProblemHttpResult>> AnswerAsync(
        SwitchId id, ClaimsPrincipal user, RoutingDb db, AuditTrail<RoutingDb> audit, TimeProvider clock,
        CancellationToken cancel)
    {
        if (await db.SwitchToChangeAsync(id, cancel) is not { } subject)
        {
            return SwitchRefusals.Unknown.ToProblem();
        }

        if (!subject.Go(SwitchTrigger.Withdraw, user.ToActor(), clock.GetUtcNow())
            .Allows(out var state, out var refusal))
        {
            return refusal.ToProblem();
        }

        await audit.RecordAsync(user.ToActor(), "withdraw-switch", id.ToString(), new { subject.Hash }, cancel);
        return TypedResults.Ok(new SwitchAnswer(id, state));
    }
}
