using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Web;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Features;

/// <summary>GET /providers/statements/{id}: the content of a statement, and how far it is applied.</summary>
internal static class GetStatement
{
    internal sealed record Response(
        StatementId Id,
        string Channel,
        string Name,
        StatementState State,
        string Sha256,
        long Lines,
        long LinesApplied,
        long UnmatchedLines,
        long PaidMinor,
        long ReturnedMinor,
        string Currency,
        bool Final,
        DateTimeOffset CoversUntil,
        long ExpiredAbsent,
        string ImportedBy,
        DateTimeOffset ImportedAt);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/statements/{id}", AnswerAsync)
        .RequireRole(Role.Reconciler, Role.Auditor, Role.Finance, Role.Operator, Role.Admin)
        .WithName(nameof(GetStatement))
        .WithSummary("A statement and how far it is applied.")
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> AnswerAsync(
        StatementId id, ProvidersDb db, CancellationToken cancel)
    {
        var found = await db.Statements.AsNoTracking().Where(row => row.Id == id)
            .Select(row => new Response(
                row.Id, row.Channel, row.Name, row.State, row.Sha256, row.Lines, row.LinesApplied, row.UnmatchedLines,
                row.PaidMinor, row.ReturnedMinor,
                row.Currency, row.Final, row.CoversUntil, row.ExpiredAbsent, row.ImportedBy, row.ImportedAt))
            .SingleOrDefaultAsync(cancel);
        return found is null ? ProviderRefusals.StatementNotImported.ToProblem() : TypedResults.Ok(found);
    }
}
