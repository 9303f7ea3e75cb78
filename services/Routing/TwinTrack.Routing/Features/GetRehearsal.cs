using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Web;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Features;

/// <summary>
/// GET /rehearsals/{id}/{asked}: one rehearsal as it was, with the digest that the audit record has of it.
/// </summary>
internal static class GetRehearsal
{
    internal sealed record Response(SwitchId SubjectId, string? Name, string Programme, CycleId CycleId, string Digest,
        Rehearsal Rehearsal);

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/rehearsals/{id}/{asked}", AnswerAsync)
        .RequireRole(RoutingReadRoles.Roles)
        .WithName(nameof(GetRehearsal))
        .WithSummary("One rehearsal, as it was.");

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> AnswerAsync(
        SwitchId id, long asked, RoutingDb db, CancellationToken cancel) =>
        await db.Rehearsals.AsNoTracking().SingleOrDefaultAsync(
            row => row.SubjectId == id && row.CountNumber == asked, cancel) is { } kept
            ? TypedResults.Ok(
                new Response(kept.SubjectId, kept.Name, kept.Programme, kept.CycleId, kept.Digest, kept.Content))
            : SwitchRefusals.UnknownRehearsal.ToProblem();
}
