using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Platform.Security;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Features;

/// <summary>
/// GET /protocols/{programme}/versions: every version of every area, also those that are no longer in force.
/// </summary>
internal static class ListProtocols
{
    private const int PageMax = 1_000;

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/protocols/{programme}/versions", AnswerAsync)
        .RequireRole(RoutingReadRoles.Roles)
        .WithName(nameof(ListProtocols))
        .WithSummary("Every version of a programme's rules, newest first.");

    private static async Task<Ok<Page<ProtocolView>>> AnswerAsync(
        string programme, RoutingDb db, CancellationToken cancel, int limit = PageMax)
    {
        var rows = await db.Protocols.AsNoTracking().Where(row => row.Programme == programme)
            .OrderByDescending(row => row.At).Take(Math.Clamp(limit, 1, PageMax)).ToListAsync(cancel);
        return TypedResults.Ok(new Page<ProtocolView>([.. rows.Select(row => ProtocolView.Of(row, null))], null));
    }
}
