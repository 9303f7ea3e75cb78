using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Entitlements.Persistence;
using TwinTrack.Kernel;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Web;

namespace TwinTrack.Entitlements.Features;

/// <summary>GET /cycles/{id}/failures: households whose amount could not be calculated, with the reason.</summary>
internal static class ListCalculationFailures
{
    private const int PageMax = 1_000;

    internal sealed record Item(HouseholdId HouseholdId, string Code, string Reason);

    /// <param name="Next">Part and row of the last one.</param>
    internal sealed record Page(IReadOnlyList<Item> Items, string? Next);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/cycles/{id}/failures", AnswerAsync)
        .WithName(nameof(ListCalculationFailures))
        .WithSummary("Households whose amount could not be worked out, and why.")
        .RequireRole(EntitlementsReadRoles.Roles);

    private static async Task<Results<Ok<Page>, ProblemHttpResult>> AnswerAsync(
        CycleId id, EntitlementsDb db, CancellationToken cancel, string? after = null, int limit = PageMax)
    {
        if (Cursor(after) is not var (chunk, row))
        {
            return EntitlementsRefusals.CursorUnreadable.ToProblem();
        }

        if (!await db.Cycles.AnyAsync(cycle => cycle.Id == id, cancel))
        {
            return EntitlementsRefusals.CycleUnknown.ToProblem();
        }

        var size = Math.Clamp(limit, 1, PageMax);
        var rows = await db.Failures.AsNoTracking()
            .Where(failure => failure.CycleId == id
                && (failure.Chunk > chunk || (failure.Chunk == chunk && failure.Row > row)))
            .OrderBy(failure => failure.Chunk).ThenBy(failure => failure.Row)
            .Take(size)
            .ToListAsync(cancel);
        return TypedResults.Ok(new Page(
            [.. rows.Select(failure => new Item(failure.HouseholdId, failure.Code, failure.Reason))],
            rows.Count == size ? Invariant($"{rows[^1].Chunk}.{rows[^1].Row}")
                : null));
    }

    private static (int Chunk, int Row)? Cursor(string? after) => after?.Split('.') switch
    {
        null => (-1, -1),
        [var chunk, var row] when int.TryParse(chunk, CultureInfo.InvariantCulture, out var part)
            && int.TryParse(row, CultureInfo.InvariantCulture, out var index) => (part, index),
        _ => null,
    };
}
