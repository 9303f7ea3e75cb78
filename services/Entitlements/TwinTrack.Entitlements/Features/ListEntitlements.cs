using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Entitlements.Persistence;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Web;

namespace TwinTrack.Entitlements.Features;

/// <summary>GET /cycles/{id}/entitlements: a cycle's list, page by page in the order in which it is hashed.</summary>
internal static class ListEntitlements
{
    private const int PageMax = 1_000;

    internal sealed record Item(
        EntitlementId Id, HouseholdId HouseholdId, string Component, long AmountMinor, string Currency, string Area,
        string Instrument, string FundingSource);

    internal sealed record Page(IReadOnlyList<Item> Items, string? Next);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/cycles/{id}/entitlements", AnswerAsync)
        .WithName(nameof(ListEntitlements))
        .WithSummary("A cycle's entitlements, in order of id.")
        .RequireRole(EntitlementsReadRoles.Roles);

    private static async Task<Results<Ok<Page>, ProblemHttpResult>> AnswerAsync(
        CycleId id, EntitlementsDb db, CancellationToken cancel, EntitlementId? after = null, int limit = PageMax)
    {
        var currency = await db.Cycles.Where(cycle => cycle.Id == id).Select(cycle => cycle.Currency)
            .SingleOrDefaultAsync(cancel);
        if (currency is null)
        {
            return EntitlementsRefusals.CycleUnknown.ToProblem();
        }

        var size = Math.Clamp(limit, 1, PageMax);
        var last = after?.Value ?? Guid.Empty;
        var rows = await db.Entitlements.AsNoTracking().Where(row => row.CycleId == id && row.Id > last)
            .OrderBy(row => row.Id)
            .Take(size)
            .ToListAsync(cancel);
        return TypedResults.Ok(new Page(
            [
                .. rows.Select(row => new Item(
                    EntitlementId.From(row.Id), row.HouseholdId, row.Component, row.AmountMinor, currency, row.Area,
                    row.Instrument, row.FundingSource)),
            ],
            rows.Count == size ? EntitlementId.From(rows[^1].Id).Text : null));
    }
}
