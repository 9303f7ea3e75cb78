using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Jobs;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Web;

namespace TwinTrack.Payments.Features;

/// <summary>GET /batches/{id}: what an approver must see, and how far it has got.</summary>
internal static class GetBatch
{
    internal sealed record ApprovalItem(int Step, string By, DateTimeOffset At, string ContentHash);

    /// <param name="Count">
    /// Obligations added so far. Together with <paramref name="Routed"/> and <paramref name="Released"/> it shows the
    /// progress.
    /// </param>
    /// <param name="Routes">Empty until the batch is complete.</param>
    /// <param name="FollowsUp">The earlier batch whose unpaid obligations it takes; null for none.</param>
    /// <param name="FollowedBy">The follow-up batches that were made of this one.</param>
    internal sealed record Response(
        BatchId Id,
        CycleId CycleId,
        string Programme,
        string Currency,
        BatchState State,
        string CreatedBy,
        DateTimeOffset CreatedAt,
        long Count,
        long SumMinor,
        long Routed,
        long Released,
        string? ContentHash,
        int StepsRequired,
        IReadOnlyList<ApprovalItem> Approvals,
        string? ReleasedBy,
        DateTimeOffset? ReleasedAt,
        string? EndedBy,
        string? EndReason,
        string? CertificateHash,
        IReadOnlyList<FundingShare> Funding,
        IReadOnlyList<RouteShare> Routes,
        CountAndAmount Unroutable,
        BatchId? FollowsUp,
        IReadOnlyList<BatchId> FollowedBy);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/batches/{id}", AnswerAsync)
        .RequireRole(PaymentsReadRoles.All)
        .WithName(nameof(GetBatch))
        .WithSummary("A batch with its routes, hash, approvals and progress.")
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> AnswerAsync(
        BatchId id, PaymentsDb db, CancellationToken cancel)
    {
        if (await db.Batches.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel) is not { } batch)
        {
            return PaymentRefusals.UnknownBatch.ToProblem();
        }

        var approvals = await db.Approvals.Where(row => row.BatchId == id).OrderBy(row => row.Step)
            .Select(row => new ApprovalItem(row.Step, row.By, row.At, row.ContentHash)).ToListAsync(cancel);
        var composition = BatchComposition.Of(batch);
        return TypedResults.Ok(new Response(
            batch.Id,
            batch.CycleId,
            batch.Programme,
            batch.Currency,
            batch.State,
            batch.CreatedBy,
            batch.CreatedAt,
            batch.Count,
            batch.SumMinor,
            batch.Routed,
            batch.Released,
            batch.ContentHash,
            batch.StepsRequired,
            approvals,
            batch.ReleasedBy,
            batch.ReleasedAt,
            batch.EndedBy,
            batch.EndReason,
            batch.CertificateHash,
            composition.Funding,
            composition.Routes,
            composition.Unroutable,
            batch.FollowsUp,
            await db.Batches.Where(row => row.CycleId == batch.CycleId && row.FollowsUp == id).OrderBy(row => row.Id)
                .Select(row => row.Id).ToListAsync(cancel)));
    }
}
