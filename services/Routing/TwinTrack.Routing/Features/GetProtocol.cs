using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Web;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Features;

/// <summary>GET /protocols/{programme}: the rules in force for these areas, and why these.</summary>
internal static class GetProtocol
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/protocols/{programme}", AnswerAsync)
        .RequireRole(RoutingReadRoles.Roles)
        .WithName(nameof(GetProtocol))
        .WithSummary("The rules for changing the track of these areas, or of all areas if none is named.")
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<ProtocolView>, ProblemHttpResult>> AnswerAsync(
        string programme, RoutingDb db, CancellationToken cancel, [FromQuery] string[]? area = null)
    {
        var inForce = await db.ProtocolsInForceAsync(programme, cancel);
        return inForce.Count == 0 ? SwitchRefusals.UnknownProtocol.ToProblem()
            : ProtocolChoice.For(inForce, area ?? []).Allows(out var chosen, out var refusal)
                ? TypedResults.Ok(ProtocolView.Of(chosen.Protocol, chosen.Why))
            : refusal.ToProblem();
    }
}
