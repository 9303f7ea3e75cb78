using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Words;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Funds;
using TwinTrack.Payments.Jobs;
using TwinTrack.Payments.Persistence;
using TwinTrack.Payments.Webhooks;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Web;

namespace TwinTrack.Payments.Features;

/// <summary>
/// POST /batches/{id}/release: commit the funds and let the batch leave. Publishes <see cref="FundMovementRecorded"/>
/// and <see cref="BatchReleased"/>.
/// </summary>
internal static class ReleaseBatch
{
    /// <param name="ContentHash">The hash that was approved; 64 hex digits.</param>
    internal sealed record Request(string ContentHash);

    internal sealed record Response(BatchId Id, BatchState State)
    {
        /// <summary>What will wait for a suspension of a track; may be empty.</summary>
        public IReadOnlyList<string> Warnings { get; init; } = [];
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/batches/{id}/release", AnswerAsync)
            .RequireRole(Role.Finance)
            .WithName(nameof(ReleaseBatch))
            .WithSummary("Commit the funds and let an approved batch leave.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<Results<Accepted<Response>, ProblemHttpResult>> AnswerAsync(
        BatchId id, Request request, Handler handler, ClaimsPrincipal user, CancellationToken cancel)
    {
        var result = await handler.HandleAsync(id, request.ContentHash, user.ToActor(), cancel);
        return result.Match<Results<Accepted<Response>, ProblemHttpResult>>(
            done => TypedResults.Accepted($"/payments/batches/{done.Id}", done),
            refusal => refusal.ToProblem());
    }

    internal sealed class Handler(PaymentsDb db, Outbox<PaymentsDb> outbox, AuditTrail<PaymentsDb> audit,
        SubscriberEventRecorder events, FundMovementWriter movements, TimeProvider clock)
    {
        internal async Task<Result<Response>> HandleAsync(
            BatchId id, string contentHash, Actor actor, CancellationToken cancel)
        {
            if (await db.Batches.FindAsync([id], cancel) is not { } batch)
            {
                return PaymentRefusals.UnknownBatch;
            }

            var given = await db.Approvals.Where(row => row.BatchId == id)
                .Select(row => new GivenApproval(row.Step, row.By)).ToListAsync(cancel);
            var allowed = ApprovalPolicy.Release(
                batch.State, Actor.Parse(batch.CreatedBy), batch.ContentHash, given, actor, contentHash);
            if (!allowed.Allows(out _, out var refusal))
            {
                return refusal;
            }

            // The lines are read and hashed again, so that only the approved content leaves.
            var content = await BatchContent.ReadAsync(db, id, cancel);
            if (content.Hash != batch.ContentHash)
            {
                return ApprovalRefusals.ContentChanged;
            }

            if (!(await CommitAsync(batch, content.Composition.Funding, cancel)).Allows(out _, out refusal))
            {
                return refusal;
            }

            var now = clock.GetUtcNow();
            batch.State = BatchLifecycle.Table.Next(batch.State, BatchTrigger.Release)
                .Match(next => next, no => throw new InvalidOperationException(no.Reason));
            (batch.ReleasedBy, batch.ReleasedAt) = (actor.ToString(), now);
            batch.Version++;
            outbox.Send(new BatchReleased(
                id.ToString(), batch.CycleId.ToString(), batch.Programme, batch.Currency, content.Count,
                content.SumMinor, content.Hash, now));
            await events.BatchAsync_NeedsTransaction(batch, cancel);
            await db.StartJobAsync(DispatchBatchJob.Kind, id.ToString(), now, cancel);
            await audit.RecordAsync(
                actor, "release-batch", id.ToString(), new
                {
                    content.Count,
                    content.SumMinor,
                    ContentHash = content.Hash,
                    content.Composition.Funding
                }, cancel);
            return new Response(id, batch.State)
            {
                Warnings = await SuspendedAsync(batch, content.Composition.Routes, cancel),
            };
        }

        /// <summary>
        /// What waits for each suspension in force: planned over its track, or without a channel because of it.
        /// </summary>
        private async Task<IReadOnlyList<string>> SuspendedAsync(
            Batch batch, IReadOnlyList<RouteShare> routes, CancellationToken cancel)
        {
            var inForce = await db.Suspensions.AsNoTracking()
                .Where(row => row.Programme == batch.Programme && row.EndedAt == null).OrderBy(row => row.Id)
                .ToListAsync(cancel);
            List<string> warnings = [];
            foreach (var suspension in inForce)
            {
                var word = suspension.Id.ToString();
                var waits = routes.Where(share => suspension.Covers(share.Track, share.Area)).Sum(share => share.Count)
                    + await db.Obligations.LongCountAsync(
                        row => row.BatchId == batch.Id && row.UnpaidReason!.Contains(word), cancel);
                if (waits > 0)
                {
                    warnings.Add(
                        Invariant($"Track {suspension.Track} is suspended, and {waits} payments of this batch wait ")
                        + $"until an operator ends that (track resume {suspension.Id}).");
                }
            }

            return warnings;
        }

        /// <summary>
        /// Each source commits its share, or the whole release is refused. The update statement itself checks the
        /// balance.
        /// </summary>
        private async Task<Result<bool>> CommitAsync(
            Batch batch, IReadOnlyList<FundingShare> shares, CancellationToken cancel)
        {
            foreach (var share in shares)
            {
                if (!await db.ChargeAsync(
                    batch.Programme, share.FundingSource, batch.Currency, share.AmountMinor, cancel))
                {
                    return PaymentRefusals.InsufficientFunds(share.FundingSource);
                }

                movements.OfBatch_NeedsTransaction(
                    FundMovements.Committed, batch, share.FundingSource, share.AmountMinor);
            }

            return true;
        }
    }
}
