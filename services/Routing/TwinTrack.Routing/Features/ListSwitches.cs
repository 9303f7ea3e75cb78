using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;
using TwinTrack.Routing.Domain;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Features;

/// <summary>GET /switches: changes of track, oldest first.</summary>
internal static class ListSwitches
{
    private const int PageMax = 1_000;

    internal sealed record Item(
        SwitchId Id, string Programme, CycleId CycleId, int ToTrack, string Reason, SwitchState State,
        string ProposedBy, DateTimeOffset ProposedAt);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/switches", AnswerAsync)
        .RequireRole(RoutingReadRoles.Roles)
        .WithName(nameof(ListSwitches))
        .WithSummary("Changes of track, oldest first.");

    private static async Task<Ok<Page<Item>>> AnswerAsync(
        RoutingDb db, CancellationToken cancel, string? programme = null, CycleId? cycleId = null,
        SwitchId? after = null, int limit = PageMax)
    {
        var size = Math.Clamp(limit, 1, PageMax);
        var start =
            after is null ? null : await db.Switches.AsNoTracking().IgnoreAutoIncludes()
                .SingleOrDefaultAsync(row => row.Id == after, cancel);
        var rows = await db.Switches.AsNoTracking().IgnoreAutoIncludes()
            .Where(row => programme == null || row.Programme == programme)
            .Where(row => cycleId == null || row.CycleId == cycleId)
            .Where(row => start == null || row.ProposedAt > start.ProposedAt)
            .OrderBy(row => row.ProposedAt).Take(size)
            .Select(row => new
            {
                row.Id,
                row.Programme,
                row.CycleId,
                row.ToTrack,
                row.Reason,
                row.State,
                row.ProposedBy,
                row.ProposedAt
            })
            .ToListAsync(cancel);
        var items = rows.Select(row => new Item(
            row.Id, row.Programme, row.CycleId, row.ToTrack, Word.Of(row.Reason), row.State, row.ProposedBy,
            row.ProposedAt)).ToList();
        return TypedResults.Ok(new Page<Item>(items, items.Count == size ? items[^1].Id.ToString() : null));
    }
}
