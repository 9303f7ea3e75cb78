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

/// <summary>GET /suspensions/{id}: one suspension with the proof of each channel.</summary>
internal static class GetSuspension
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/suspensions/{id}", AnswerAsync)
        .RequireRole(RoutingReadRoles.Roles)
        .ReadsOneState<RoutingDb>()
        .WithName(nameof(GetSuspension))
        .WithSummary("One suspension of a track, with the proof of each channel.");

    private static async Task<Results<Ok<SuspensionView>, ProblemHttpResult>> AnswerAsync(
        SuspensionId id, RoutingDb db, CancellationToken cancel) =>
        await db.Suspensions.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel) is { } suspension
            ? TypedResults.Ok(SuspensionView.Of(suspension)) : SuspensionRefusals.Unknown.ToProblem();
}
