using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Platform;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Features;

/// <summary>GET /protocols/{programme}: the rules in force.</summary>
internal static class GetProtocol
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/protocols/{programme}", AnswerAsync)
        .RequireRole(Readers.Roles)
        .WithName(nameof(GetProtocol))
        .WithSummary("A programme's rules for changing the track.");

    private static async Task<Results<Ok<ProtocolView>, NotFound>> AnswerAsync(string programme, RoutingDb db, CancellationToken cancel) =>
        await db.Protocols.AsNoTracking().SingleOrDefaultAsync(protocol => protocol.Programme == programme, cancel) is { } found
            ? TypedResults.Ok(ProtocolView.Of(found))
            : TypedResults.NotFound();
}
