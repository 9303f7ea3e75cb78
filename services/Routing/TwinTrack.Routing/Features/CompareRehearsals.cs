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
/// GET /rehearsals/comparison: two kept rehearsals side by side, of switches or scenarios; the latest of each.
/// </summary>
internal static class CompareRehearsals
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/rehearsals/comparison", AnswerAsync)
        .RequireRole(RoutingReadRoles.Roles)
        .WithName(nameof(CompareRehearsals))
        .WithSummary("The latest rehearsals of two switches or scenarios, side by side.");

    private static async Task<Results<Ok<RehearsalComparison>, ProblemHttpResult>> AnswerAsync(
        SwitchId left, SwitchId right, RoutingDb db, CancellationToken cancel) =>
        await LatestAsync(left, db, cancel) is { } one && await LatestAsync(right, db, cancel) is { } other
            ? TypedResults.Ok(RehearsalComparison.Of(one.Content, other.Content))
            : SwitchRefusals.UnknownRehearsal.ToProblem();

    private static Task<StoredRehearsal?> LatestAsync(SwitchId id, RoutingDb db, CancellationToken cancel) =>
        db.Rehearsals.AsNoTracking().Where(row => row.SubjectId == id).OrderByDescending(row => row.CountNumber)
            .FirstOrDefaultAsync(cancel);
}
