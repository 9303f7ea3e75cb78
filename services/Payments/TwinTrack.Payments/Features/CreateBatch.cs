using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Jobs;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Web;

namespace TwinTrack.Payments.Features;

/// <summary>
/// POST /batches: plan all obligations of a cycle that are in no batch yet. Or follow up what a batch left unpaid.
/// </summary>
internal static class CreateBatch
{
    /// <param name="FollowsUp">The released or certified batch whose unpaid obligations are taken; else null.</param>
    /// <param name="Reasons">Only what is unpaid for one of these reasons; null for all.</param>
    /// <param name="Households">Only these households, at most a thousand; null for all.</param>
    internal sealed record Request(CycleId CycleId, BatchId? FollowsUp = null, IReadOnlyList<string>? Reasons = null,
        IReadOnlyList<HouseholdId>? Households = null);

    internal sealed record Response(BatchId Id, BatchState State);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/batches", AnswerAsync)
        .RequireRole(Role.ProgrammeManager)
        .WithName(nameof(CreateBatch))
        .WithSummary("Plan the obligations of a cycle that are in no batch, or follow up what a batch left unpaid.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<Results<Accepted<Response>, ProblemHttpResult>> AnswerAsync(
        Request request, Handler handler, ClaimsPrincipal user, CancellationToken cancel)
    {
        var result = await handler.HandleAsync(request, user.ToActor(), cancel);
        return result.Match<Results<Accepted<Response>, ProblemHttpResult>>(
            done => TypedResults.Accepted($"/payments/batches/{done.Id}", done),
            refusal => refusal.ToProblem());
    }

    internal sealed class Handler(
        PaymentsDb db, FollowUpQuery followUps, AuditTrail<PaymentsDb> audit, TimeProvider clock)
    {
        internal async Task<Result<Response>> HandleAsync(Request request, Actor actor, CancellationToken cancel)
        {
            if (!SelectionOf(request).Allows(out var selection, out var refusal))
            {
                return refusal;
            }

            if (await db.ReceivedCycles.FindAsync([request.CycleId], cancel) is not { } cycle)
            {
                return PaymentRefusals.UnknownCycle;
            }

            if (cycle.State != CycleState.Ready)
            {
                return PaymentRefusals.CycleNotReady(cycle.State, cycle.Reason);
            }

            if (await db.Batches.AnyAsync(
                row => row.CycleId == cycle.Id && BatchLifecycle.Open.Contains(row.State), cancel))
            {
                return PaymentRefusals.BatchAlreadyOpen;
            }

            if (await NothingAsync(request, cycle, selection, cancel) is { } nothing)
            {
                return nothing;
            }

            return await PlanAsync(request, cycle, selection, actor, cancel);
        }

        private async Task<Result<Response>> PlanAsync(Request request, ReceivedCycle cycle,
            FollowUpSelection selection, Actor actor, CancellationToken cancel)
        {
            var now = clock.GetUtcNow();
            var batch = new Batch
            {
                Id = BatchId.New(clock),
                CycleId = cycle.Id,
                Programme = cycle.Programme!,
                Currency = cycle.Currency!,
                CreatedBy = actor.ToString(),
                CreatedAt = now,
                FollowsUp = request.FollowsUp,
                FollowUpSelection = request.FollowsUp is null ? null : selection.ToJson(),
            };
            db.Batches.Add(batch);
            await db.StartJobAsync(PlanBatchJob.Kind, batch.Id.ToString(), now, cancel);
            await audit.RecordAsync(actor, "create-batch", batch.Id.ToString(),
                new
                {
                    Cycle = cycle.Id.ToString(),
                    batch.Programme,
                    FollowsUp = batch.FollowsUp?.ToString(),
                    Reasons = selection.Reasons.Select(Word.Of),
                    Households = selection.Households.Length,
                }, cancel);
            return new Response(batch.Id, batch.State);
        }

        /// <summary>Why there is nothing to plan; null when there is.</summary>
        private async Task<Refusal?> NothingAsync(
            Request request, ReceivedCycle cycle, FollowUpSelection selection, CancellationToken cancel)
        {
            if (request.FollowsUp is not { } id)
            {
                return await db.Obligations.AnyAsync(
                    row => row.CycleId == cycle.Id && row.BatchId == null && row.BlockedByIncident == null, cancel)
                    ? null : PaymentRefusals.NothingToPay;
            }

            if (await db.Batches.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel) is not { } followed)
            {
                return PaymentRefusals.UnknownBatch;
            }

            if (followed.CycleId != cycle.Id)
            {
                return FollowUpRefusals.OtherCycle;
            }

            if (!FollowUpRule.Followed.Contains(followed.State))
            {
                return FollowUpRefusals.BatchNotReleased(followed.State);
            }

            var count = await followUps.CountAsync(followed, selection, cancel);
            return count.Selected.Count > 0 ? null : FollowUpRefusals.Nothing(count.Otherwise, count.Staying);
        }

        private static Result<FollowUpSelection> SelectionOf(Request request)
        {
            if (request.FollowsUp is null && (request.Reasons is not null || request.Households is not null))
            {
                return FollowUpRefusals.OnlyWithFollowUp;
            }

            if (request.Reasons is { Count: 0 } || request.Households is { Count: 0 })
            {
                return FollowUpRefusals.NoneNamed;
            }

            if (request.Households is { Count: > FollowUpRefusals.HouseholdsMax })
            {
                return FollowUpRefusals.TooManyHouseholds;
            }

            var reasons = new List<FollowUpReason>();
            foreach (var word in (request.Reasons ?? []).Distinct())
            {
                if (Word.Read<FollowUpReason>(word) is not { } reason)
                {
                    return FollowUpRefusals.UnknownReason(word);
                }

                reasons.Add(reason);
            }

            return new FollowUpSelection([.. reasons], [.. (request.Households ?? []).Distinct()]);
        }
    }
}
