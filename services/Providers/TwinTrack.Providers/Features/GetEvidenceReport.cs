using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Web;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Features;

/// <summary>
/// GET /providers/evidence/{id}/report: the faults of a refused document, row by row. It names places, never values.
/// </summary>
internal static class GetEvidenceReport
{
    private const int PageMax = 1_000;

    internal sealed record Response(EvidenceId Id, string Name, EvidenceState State, string? Reason,
        IReadOnlyList<Item> Items, string? Next);

    /// <param name="Row">Line, row or place in the array, from 1; 0 is the whole document.</param>
    internal sealed record Item(int Row, string Field, string Why);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/evidence/{id}/report", AnswerAsync)
        .RequireRole(Role.Operator, Role.Reconciler, Role.Auditor, Role.Admin)
        .WithName(nameof(GetEvidenceReport))
        .WithSummary("The faults of a refused document, row by row.")
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> AnswerAsync(
        EvidenceId id, ProvidersDb db, CancellationToken cancel, int after = 0, int limit = PageMax) =>
        await ReadAsync(db, id, after, limit, cancel) is { } report ? TypedResults.Ok(report)
            : ProviderRefusals.EvidenceUnknown.ToProblem();

    internal static async Task<Response?> ReadAsync(
        ProvidersDb db, EvidenceId id, int after, int limit, CancellationToken cancel)
    {
        var size = Math.Clamp(limit, 1, PageMax);
        if (await db.Evidence.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel) is not { } evidence)
        {
            return null;
        }

        var faults = await db.EvidenceFaults.AsNoTracking().Where(row => row.EvidenceId == id && row.Place > after)
            .OrderBy(row => row.Place).Take(size).ToListAsync(cancel);
        return new Response(
            evidence.Id, evidence.Name, evidence.State, evidence.Reason,
            [.. faults.Select(row => new Item(row.Line, row.Field, row.Why))],
            faults.Count == size ? faults[^1].Place.ToString(System.Globalization.CultureInfo.InvariantCulture) : null);
    }
}
