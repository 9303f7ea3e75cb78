using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Features;

/// <summary>
/// GET /rehearsals: what was rehearsed for a programme's cycle, of switches and scenarios, oldest first.
/// </summary>
internal static class ListRehearsals
{
    private const int PageMax = 1_000;

    internal sealed record Item(SwitchId SubjectId, long Asked, string? Name, string Programme, CycleId CycleId,
        DateTimeOffset At, string Hash, string Digest);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/rehearsals", AnswerAsync)
        .RequireRole(RoutingReadRoles.Roles)
        .WithName(nameof(ListRehearsals))
        .WithSummary("The rehearsals, oldest first.");

    private static async Task<Ok<Page<Item>>> AnswerAsync(
        RoutingDb db, CancellationToken cancel, string? programme = null, CycleId? cycleId = null,
        DateTimeOffset? after = null, int limit = PageMax)
    {
        var size = Math.Clamp(limit, 1, PageMax);
        var rows = await db.Rehearsals.AsNoTracking()
            .Where(row => programme == null || row.Programme == programme)
            .Where(row => cycleId == null || row.CycleId == cycleId)
            .Where(row => after == null || row.At > after)
            .OrderBy(row => row.At).Take(size)
            .Select(row =>
                new Item(row.SubjectId, row.CountNumber, row.Name, row.Programme, row.CycleId, row.At, row.Hash,
                    row.Digest))
                .ToListAsync(cancel);
        return TypedResults.Ok(
            new Page<Item>(
                rows, rows.Count == size ? rows[^1].At.ToString("O", System.Globalization.CultureInfo.InvariantCulture)
                    : null));
    }
}
