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

/// <summary>GET /imports/{id}/errors: every rejected row with its reasons, in the order of the file.</summary>
internal static class ListImportErrors
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/imports/{id}/errors", AnswerAsync)
        .RequireRole(Role.Registrar, Role.ProgrammeManager, Role.Admin, Role.Auditor)
        .WithName(nameof(ListImportErrors))
        .WithSummary("Every rejected row of an import, with field, code and reason.")
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<Page<RowError>>, ProblemHttpResult>> AnswerAsync(
        ImportId id, long? after, int? limit, EnrolmentsDb db, CancellationToken cancel)
    {
        if (!await db.Imports.AnyAsync(import => import.Id == id, cancel))
        {
            return EnrolmentRefusals.ImportUnknown.ToProblem();
        }

        var (from, size) = (after ?? 0, Page.Size(limit));
        var errors = await db.ImportErrors.AsNoTracking().Where(error => error.ImportId == id && error.Number > from)
            .OrderBy(error => error.Number).Take(size).ToListAsync(cancel);
        return TypedResults.Ok(new Page<RowError>(
            [.. errors.Select(error => new RowError(error.Row, error.Field, error.Code, error.Reason))],
            errors.Count == size ? errors[^1].Number.ToString(System.Globalization.CultureInfo.InvariantCulture)
                : null));
    }
}
