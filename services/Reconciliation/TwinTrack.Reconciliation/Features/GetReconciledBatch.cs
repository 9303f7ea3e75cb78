using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Web;
using TwinTrack.Reconciliation.Domain;
using TwinTrack.Reconciliation.Persistence;

namespace TwinTrack.Reconciliation.Features;

/// <summary>GET /batches/{id}: the figures of a batch.</summary>
internal static class GetReconciledBatch
{
    /// <summary>The figures are explained at <see cref="BatchFigures"/>.</summary>
    internal sealed record Response(
        BatchId Id,
        CycleId CycleId,
        string Programme,
        string Currency,
        BatchState State,
        DateTimeOffset ReleasedAt,
        BatchTotal Obligations,
        BatchTotal Settled,
        BatchTotal InFlight,
        BatchTotal InDoubt,
        BatchTotal Unpaid,
        BatchTotal NoInstruction,
        BatchTotal FollowedUp,
        BatchTotal Undelivered,
        long SettledTwice,
        IReadOnlyList<StateTotal> ByState,
        IReadOnlyList<TrackTotal> ByTrack,
        IReadOnlyList<SourceTotal> ByFundingSource,
        long Matched,
        long Unmatched,
        long BreaksOpen,
        BatchLedger Ledger,
        long LedgerSumMinor,
        IReadOnlyList<IncidentTotal> Incidents,
        string? CertificateHash,
        string? CertifiedBy,
        DateTimeOffset? CertifiedAt,
        string? NotClosedBecause);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/batches/{id}", AnswerAsync)
        .ReadsOneState<ReconciliationDb>()
        .WithName("GetReconciledBatch")
        .WithSummary("The figures of a batch: instructions, statement lines, breaks and ledger.")
        .ProducesProblem(StatusCodes.Status404NotFound)
        .RequireRole(ReconciliationReadRoles.Roles);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> AnswerAsync(
        BatchId id, ReconciliationDb db, CancellationToken cancel) =>
        await db.Batches.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel) is { } batch
            ? TypedResults.Ok(ToResponse(batch, await db.FiguresAsync(batch, cancel)))
            : ReconciliationRefusals.BatchUnknown.ToProblem();

    private static Response ToResponse(ReleasedBatch batch, BatchFigures figures) => new(
        batch.Id,
        batch.CycleId,
        batch.Programme,
        batch.Currency,
        batch.State,
        batch.ReleasedAt,
        figures.Obligations,
        figures.Settled,
        figures.InFlight,
        figures.InDoubt,
        figures.Unpaid,
        figures.NoInstruction,
        figures.FollowedUp,
        figures.Undelivered,
        figures.SettledTwice,
        figures.ByState,
        figures.ByTrack,
        figures.ByFundingSource,
        figures.Matched,
        figures.Unmatched,
        figures.BreaksOpen,
        figures.Ledger,
        figures.LedgerSumMinor,
        figures.Incidents,
        batch.CertificateHash,
        batch.CertifiedBy,
        batch.CertifiedAt,
        batch.NotClosedBecause);
}
