using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Platform.Security;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Features;

/// <summary>
/// GET /channels: every channel with its gate and proof. A country has dozens of them, so there is one page.
/// </summary>
internal static class ListChannels
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/channels", AnswerAsync)
        .RequireRole(RoutingReadRoles.Roles)
        .WithName(nameof(ListChannels))
        .WithSummary("Every channel, with its gate and the proof of its fence.");

    private static async Task<Ok<Page<ChannelView>>> AnswerAsync(RoutingDb db, CancellationToken cancel)
    {
        var channels = await db.Channels.AsNoTracking().OrderBy(channel => channel.Code).ToListAsync(cancel);
        return TypedResults.Ok(new Page<ChannelView>([.. channels.Select(ChannelView.Of)], null));
    }
}
