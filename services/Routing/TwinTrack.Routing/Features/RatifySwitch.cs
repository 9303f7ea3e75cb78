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

/// <summary>
/// POST /switches/{id}/ratifications: a co-chair's later vote on an emergency switch. It moves no payment. After a
/// refusal, a return switch moves them back.
/// </summary>
internal static class RatifySwitch
{
    /// <param name="Hash">Of what was carried.</param>
    internal sealed record Request(string Hash, bool Approve);

    internal sealed record Response(SwitchId Id, Ratification Ratification);

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/switches/{id}/ratifications", AnswerAsync)
        .RequireRole(Role.CoChair)
        .WithName(nameof(RatifySwitch))
        .WithSummary("Ratify an emergency switch for your party, or refuse to.");

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> AnswerAsync(
        SwitchId id, Request request, ClaimsPrincipal user, RoutingDb db, AuditTrail<RoutingDb> audit,
        TimeProvider clock, CancellationToken cancel)
    {
        if (await db.SwitchToChangeAsync(id, cancel) is not { } subject)
        {
            return SwitchRefusals.Unknown.ToProblem();
        }

        var actor = user.ToActor();
        if (!subject.Ratify(actor, user.IsInRole(Role.CoChair), request.Hash ?? "", request.Approve, clock.GetUtcNow())
            .Allows(out var outcome, out var refusal))
        {
            return refusal.ToProblem();
        }

        await audit.RecordAsync(actor, request.Approve ? "ratify-switch" : "refuse-ratification", id.ToString(),
            new { request.Hash, Ratification = outcome.ToString() }, cancel);
        return TypedResults.Ok(new Response(id, outcome));
    }
}
