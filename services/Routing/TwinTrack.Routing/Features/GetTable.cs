using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Web;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Tables;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Features;

/// <summary>GET /table: the version in force.</summary>
internal static class GetTable
{
    internal sealed record Response(int Version, string By, DateTimeOffset At, IReadOnlyList<TableRow> Rows);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/table", AnswerAsync)
        .RequireRole(RoutingReadRoles.Roles)
        .WithName(nameof(GetTable))
        .WithSummary("The routing table in force.");

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> AnswerAsync(
        RoutingDb db, CancellationToken cancel) =>
        await db.Tables.AsNoTracking().OrderByDescending(table => table.Version)
            .FirstOrDefaultAsync(cancel) is { } latest
            ? TypedResults.Ok(new Response(latest.Version, latest.By, latest.At, latest.Rows))
            : ChannelRefusals.NoTable.ToProblem();
}
