using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Web;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Features.Partner;

/// <summary>
/// GET /providers/partner/{channel}/tranches: the lists and stop lists for this partner, with their control totals and
/// without names.
/// </summary>
internal static class ListTranches
{
    private const int PageMax = 1_000;

    internal sealed record Response(IReadOnlyList<Tranche> Items, string? Next);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/partner/{channel}/tranches", AnswerAsync)
        .RequireRole(Role.Partner)
        .WithName(nameof(ListTranches))
        .WithSummary("A partner's own lists and stop lists.")
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> AnswerAsync(
        string channel, ClaimsPrincipal user, PartnerAuthorization authorization, CancellationToken cancel,
        string? after = null,
        int limit = PageMax)
    {
        if (!(await authorization.OpenAsync(channel, user, cancel)).Allows(out var partner, out var refusal))
        {
            return refusal.ToProblem();
        }

        var size = Math.Clamp(limit, 1, PageMax);
        var tranches = partner.Exchange.Tranches(partner.Connection, after, size);
        return TypedResults.Ok(new Response(tranches, tranches.Count == size ? tranches[^1].Reference : null));
    }
}
