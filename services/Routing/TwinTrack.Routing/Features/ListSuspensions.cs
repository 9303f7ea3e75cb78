using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Web;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Features;

/// <summary>GET /suspensions: suspensions of tracks, oldest first, each with its proofs.</summary>
internal static class ListSuspensions
{
    private const int PageMax = 1_000;

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/suspensions", AnswerAsync)
        .RequireRole(RoutingReadRoles.Roles)
        .ReadsOneState<RoutingDb>()
        .WithName(nameof(ListSuspensions))
        .WithSummary("Suspensions of tracks, oldest first.");

    /// <param name="inForce">True for those in force only.</param>
    private static async Task<Ok<Page<SuspensionView>>> AnswerAsync(
        RoutingDb db, CancellationToken cancel, string? programme = null, bool inForce = false,
        SuspensionId? after = null, int limit = PageMax)
    {
        var size = Math.Clamp(limit, 1, PageMax);
        var start = after is null ? null : await db.Suspensions.AsNoTracking().IgnoreAutoIncludes()
            .SingleOrDefaultAsync(row => row.Id == after, cancel);
        var rows = await db.Suspensions.AsNoTracking()
            .Where(row => programme == null || row.Programme == programme)
            .Where(row => !inForce || row.EndedAt == null)
            .Where(row => start == null || row.SuspendedAt > start.SuspendedAt)
            .OrderBy(row => row.SuspendedAt).Take(size).ToListAsync(cancel);
        return TypedResults.Ok(new Page<SuspensionView>(
            [.. rows.Select(SuspensionView.Of)], rows.Count == size ? rows[^1].Id.ToString() : null));
    }
}
