using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Enrolments.Domain;
using TwinTrack.Enrolments.Persistence;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Web;

namespace TwinTrack.Enrolments.Features;

/// <summary>GET /imports/{id}: the progress of an import, and what happens to its good rows.</summary>
internal static class GetImport
{
    /// <param name="Row">The line with the fault; null when it concerns the whole file.</param>
    internal sealed record WhyRefused(string Code, string Reason, long? Row);

    /// <param name="Rejected">Households that were rejected, including duplicates.</param>
    /// <param name="Duplicates">Rejected households that were registered before or are twice in the file.</param>
    /// <param name="Flagged">
    /// Accepted households that are held until a person decides whether they are duplicates.
    /// </param>
    /// <param name="Fate">What happens to the good rows, in one or two sentences.</param>
    internal sealed record Response(
        ImportId Id,
        string Name,
        string Sha256,
        long Bytes,
        long BytesRead,
        ImportState State,
        long Rows,
        long Households,
        long Accepted,
        long Rejected,
        long RowsRejected,
        long Duplicates,
        long Flagged,
        WhyRefused? Refusal,
        string Fate,
        string ImportedBy,
        DateTimeOffset ReceivedAt,
        DateTimeOffset? EndedAt);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/imports/{id}", AnswerAsync)
        .RequireRole(Role.Registrar, Role.ProgrammeManager, Role.Admin, Role.Auditor)
        .WithName(nameof(GetImport))
        .WithSummary("How far an import is, and what becomes of its good rows.")
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> AnswerAsync(
        ImportId id, EnrolmentsDb db, CancellationToken cancel) =>
        await db.Imports.AsNoTracking().SingleOrDefaultAsync(import => import.Id == id, cancel) is { } import
            ? TypedResults.Ok(Describe(import))
            : EnrolmentRefusals.ImportUnknown.ToProblem();

    private static Response Describe(Import import) => new(
        import.Id,
        import.Name,
        import.Sha256,
        import.Bytes,
        import.NextByte,
        import.State,
        import.Rows,
        import.Households,
        import.Accepted,
        import.Rejected,
        import.RowsRejected,
        import.Duplicates,
        import.Flagged,
        import.RefusalCode is null
            ? null : new WhyRefused(import.RefusalCode, import.RefusalReason!, import.RefusalRow),
        import.Tally.Fate(import.State),
        import.ImportedBy,
        import.ReceivedAt,
        import.EndedAt);
}
