using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Web;
using TwinTrack.Reconciliation.Domain;
using TwinTrack.Reconciliation.Persistence;

namespace TwinTrack.Reconciliation.Features;

/// <summary>GET /batches/{id}/certificate/addenda: what changed after the certificate.</summary>
internal static class ListCertificateChanges
{
    private const int PageMax = 1_000;

    /// <param name="Hash">SHA-256 of the addendum's exact JSON, 64 hex digits.</param>
    internal sealed record Item(int Number, string Hash, JsonElement Addendum)
    {
        internal static Item Of(SignedAddendum row) =>
            new(row.Number, row.Hash, JsonSerializer.Deserialize<JsonElement>(row.Json));
    }

    internal sealed record Page(IReadOnlyList<Item> Items, string? Next);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/batches/{id}/certificate/addenda", AnswerAsync)
        .WithName(nameof(ListCertificateChanges))
        .WithSummary("The addenda of a batch's certificate, in order of their numbers.")
        .ProducesProblem(StatusCodes.Status404NotFound)
        .RequireRole(ReconciliationReadRoles.Roles);

    private static async Task<Results<Ok<Page>, ProblemHttpResult>> AnswerAsync(
        BatchId id, ReconciliationDb db, CancellationToken cancel, int after = 0, int limit = PageMax)
    {
        if (!await db.Batches.AnyAsync(row => row.Id == id && row.State == BatchState.Certified, cancel))
        {
            return ReconciliationRefusals.CertificateNone.ToProblem();
        }

        var size = Math.Clamp(limit, 1, PageMax);
        var rows = await db.Addenda.AsNoTracking().Where(row => row.BatchId == id && row.Number > after)
            .OrderBy(row => row.Number).Take(size).ToListAsync(cancel);
        return TypedResults.Ok(new Page(
            rows.ConvertAll(Item.Of), rows.Count == size ? Invariant($"{rows[^1].Number}") : null));
    }
}
