using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Entitlements.Domain;
using TwinTrack.Entitlements.Persistence;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Web;

namespace TwinTrack.Entitlements.Features;

/// <summary>GET /cycles: rounds, the latest first.</summary>
internal static class ListCycles
{
    private const int PageMax = 1_000;

    internal sealed record Item(CycleId Id, string Programme, string Period, CycleState State, DateTimeOffset OpenedAt);

    internal sealed record Page(IReadOnlyList<Item> Items, string? Next);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/cycles", AnswerAsync)
        .WithName(nameof(ListCycles))
        .WithSummary("Payment rounds, the latest first.")
        .RequireRole(EntitlementsReadRoles.Roles);

    private static async Task<Results<Ok<Page>, ProblemHttpResult>> AnswerAsync(
        EntitlementsDb db, CancellationToken cancel, string? programme = null, CycleId? after = null, int limit = 100)
    {
        var before = after is { } id
            ? await db.Cycles.Where(cycle => cycle.Id == id).Select(cycle => (DateTimeOffset?)cycle.OpenedAt)
                .SingleOrDefaultAsync(cancel)
            : DateTimeOffset.MaxValue;
        if (before is not { } instant)
        {
            return EntitlementsRefusals.CursorUnreadable.ToProblem();
        }

        var size = Math.Clamp(limit, 1, PageMax);
        var items = await db.Cycles.AsNoTracking()
            .Where(cycle => cycle.OpenedAt < instant && (programme == null || cycle.Programme == programme))
            .OrderByDescending(cycle => cycle.OpenedAt)
            .Take(size)
            .Select(cycle => new Item(cycle.Id, cycle.Programme, cycle.Period, cycle.State, cycle.OpenedAt))
            .ToListAsync(cancel);
        return TypedResults.Ok(new Page(items, items.Count == size ? items[^1].Id.Text : null));
    }
}
