using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Web;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Features.Partner;

/// <summary>
/// GET /providers/partner/{channel}/answers/{name}: the state of a file that the partner uploaded, and the rows for
/// which it was refused.
/// </summary>
internal static class GetPartnerAnswer
{
    private const int PageMax = 1_000;

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/partner/{channel}/answers/{name}", AnswerAsync)
        .RequireRole(Role.Partner)
        .WithName(nameof(GetPartnerAnswer))
        .WithSummary("The state of an uploaded file. For a refused file, its faults row by row.")
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<GetEvidenceReport.Response>, ProblemHttpResult>> AnswerAsync(
        string channel, string name, ClaimsPrincipal user, PartnerAuthorization authorization, ProvidersDb db,
        CancellationToken cancel, int after = 0, int limit = PageMax)
    {
        if (!(await authorization.OpenAsync(channel, user, cancel)).Allows(out var partner, out var refusal))
        {
            return refusal.ToProblem();
        }

        var known = await db.Evidence.AsNoTracking()
            .Where(row => row.Channel == partner.ChannelConnection.Channel && row.Kind == EvidenceKind.Document
                && row.Name == name)
            .OrderByDescending(row => row.ReceivedAt).Select(row => (EvidenceId?)row.Id).FirstOrDefaultAsync(cancel);
        return known is { } id && await GetEvidenceReport.ReadAsync(db, id, after, limit, cancel) is { } report
            ? TypedResults.Ok(report)
            : PartnerRefusals.AnswerUnknown.ToProblem();
    }
}
