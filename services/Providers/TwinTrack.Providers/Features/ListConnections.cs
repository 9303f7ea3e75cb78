using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;
using TwinTrack.Providers.Channels;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Features;

/// <summary>GET /providers/connections: which settings each channel has, values masked.</summary>
internal static class ListConnections
{
    private const int ConnectionsMax = 1_000;

    internal sealed record Response(IReadOnlyList<ConnectionView> Items, string? Next);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/connections", AnswerAsync)
        .RequireRole(Role.Admin, Role.Operator, Role.Auditor)
        .WithName(nameof(ListConnections))
        .WithSummary("Connections, values masked.");

    private static async Task<Ok<Response>> AnswerAsync(
        ProvidersDb db, ChannelConnections connections, CancellationToken cancel)
    {
        var rows = await db.Connections.AsNoTracking().OrderBy(row => row.Channel).Take(ConnectionsMax)
            .ToListAsync(cancel);
        return TypedResults.Ok(
            new Response([.. rows.Select(row => ConnectionView.Of(row, connections.Settings(row).Keys))], null));
    }
}
