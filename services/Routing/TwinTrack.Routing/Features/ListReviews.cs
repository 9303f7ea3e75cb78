using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Platform.Security;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Features;

/// <summary>
/// GET /reviews: pauses and suspensions by one person, and whether others have looked at them. Oldest first.
/// </summary>
internal static class ListReviews
{
    private const int PageMax = 1_000;

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/reviews", AnswerAsync)
        .RequireRole(RoutingReadRoles.Roles)
        .WithName(nameof(ListReviews))
        .WithSummary("Pauses and suspensions with their reviews, oldest first.");

    private static async Task<Ok<Page<PauseReview>>> AnswerAsync(
        RoutingDb db, CancellationToken cancel, ReviewState? state = null, PauseReviewId? after = null,
        int limit = PageMax)
    {
        var size = Math.Clamp(limit, 1, PageMax);
        var start =
            after is null ? null : await db.PauseReviews.AsNoTracking()
                .SingleOrDefaultAsync(row => row.Id == after, cancel);
        var rows = await db.PauseReviews.AsNoTracking()
            .Where(row => state == null || row.State == state)
            .Where(row => start == null || row.OpenedAt > start.OpenedAt)
            .OrderBy(row => row.OpenedAt).Take(size).ToListAsync(cancel);
        return TypedResults.Ok(new Page<PauseReview>(rows, rows.Count == size ? rows[^1].Id.ToString() : null));
    }
}
