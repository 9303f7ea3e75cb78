using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Enrolments.Domain;
using TwinTrack.Enrolments.Persistence;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;

namespace TwinTrack.Enrolments.Features;

/// <summary>GET /areas: the areas in order of P-code.</summary>
internal static class ListAreas
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/areas", AnswerAsync)
        .RequireRole(Role.Staff)
        .WithName(nameof(ListAreas))
        .WithSummary("The areas, each with its parent area.");

    private static async Task<Ok<Page<Area>>> AnswerAsync(
        EnrolmentsDb db, string? after, int? limit, CancellationToken cancel)
    {
        var size = Page.Size(limit);
        var from = after ?? "";
        var areas = await db.Areas.AsNoTracking().Where(area => area.Pcode.CompareTo(from) > 0)
            .OrderBy(area => area.Pcode).Take(size).ToListAsync(cancel);
        return TypedResults.Ok(Page.Of([.. areas.Select(area => area.ToArea())], size, area => area.Pcode));
    }
}
