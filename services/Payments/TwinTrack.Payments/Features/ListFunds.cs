using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Security;

namespace TwinTrack.Payments.Features;

/// <summary>GET /funds: the deposits of each source, and what is left of them.</summary>
internal static class ListFunds
{
    private const int PageMax = 1_000;

    internal sealed record Item(string Programme, string FundingSource, string Currency, long DepositedMinor,
        long CommittedMinor, long AvailableMinor);

    /// <param name="Next">Always null: a programme has few sources.</param>
    internal sealed record Response(IReadOnlyList<Item> Items, string? Next);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/funds", AnswerAsync)
        .RequireRole(PaymentsReadRoles.All)
        .WithName(nameof(ListFunds))
        .WithSummary("Deposits, commitments and what is left, by source.");

    private static async Task<Ok<Response>> AnswerAsync(
        PaymentsDb db, CancellationToken cancel, string? programme = null) =>
        TypedResults.Ok(new Response(
            await db.Funds.AsNoTracking().Where(fund => programme == null || fund.Programme == programme)
                .OrderBy(fund => fund.Programme).ThenBy(fund => fund.FundingSource).Take(PageMax)
                .Select(fund => new Item(
                    fund.Programme, fund.FundingSource, fund.Currency, fund.DepositedMinor, fund.CommittedMinor,
                    fund.DepositedMinor - fund.CommittedMinor))
                .ToListAsync(cancel),
            null));
}
