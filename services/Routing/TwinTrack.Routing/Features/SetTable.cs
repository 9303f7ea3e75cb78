using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Web;
using TwinTrack.Routing.Domain.Tables;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Features;

/// <summary>PUT /table: the routing table anew, as the next version. The former versions stay as they were.</summary>
internal static class SetTable
{
    internal sealed record Request(IReadOnlyList<TableRow> Rows);

    internal sealed record Response(int Version);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPut("/table", AnswerAsync)
        .RequireRole(Role.Admin)
        .WithName(nameof(SetTable))
        .WithSummary("Set the routing table, as its next version.");

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> AnswerAsync(
        Request request, ClaimsPrincipal user, RoutingDb db, AuditTrail<RoutingDb> audit, TimeProvider clock,
        CancellationToken cancel)
    {
        var version = (await db.Tables.MaxAsync(table => (int?)table.Version, cancel) ?? 0) + 1;
        var tracks = await db.Channels.ToDictionaryAsync(channel => channel.Code, channel => channel.Track, cancel);
        if (!RoutingTable.Of(version, request.Rows ?? [], tracks.Keys.ToHashSet())
            .Allows(out var table, out var refusal))
        {
            return refusal.ToProblem();
        }

        if (table.SharesFault(tracks) is { } shares)
        {
            return shares.ToProblem();
        }

        // The version is the key. If two people set a table at once, one fails and may retry.
        db.Tables.Add(
            new TableVersion
            {
                Version = version,
                Rows = table.Rows,
                By = user.ToActor().ToString(),
                At = clock.GetUtcNow()
            });
        await audit.RecordAsync(user.ToActor(), "set-table", Invariant($"table-{version}"), new { table.Rows }, cancel);
        return TypedResults.Ok(new Response(version));
    }
}
