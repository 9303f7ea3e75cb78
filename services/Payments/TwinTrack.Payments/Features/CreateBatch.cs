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

/// <summary>POST /batches: plan all obligations of a cycle that are in no batch yet.</summary>
internal static class CreateBatch
{
    internal sealed record Request(CycleId CycleId);

    internal sealed record Response(BatchId Id, BatchState State);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/batches", AnswerAsync)
        .RequireRole(Role.ProgrammeManager)
        .WithName(nameof(CreateBatch))
        .WithSummary("Plan all obligations of a cycle that are in no batch yet.")
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<Results<Accepted<Response>, ProblemHttpResult>> AnswerAsync(
        Request request, PaymentsDb db, AuditTrail<PaymentsDb> audit, TimeProvider clock, ClaimsPrincipal user,
        CancellationToken cancel)
    {
        if (await db.ReceivedCycles.FindAsync([request.CycleId], cancel) is not { } cycle)
        {
            return PaymentRefusals.UnknownCycle.ToProblem();
        }

        if (cycle.State != CycleState.Ready)
        {
            return PaymentRefusals.CycleNotReady(cycle.State, cycle.Reason).ToProblem();
        }

        if (await db.Batches.AnyAsync(row => row.CycleId == cycle.Id && BatchLifecycle.Open.Contains(row.State),
            cancel))
        {
            return PaymentRefusals.BatchAlreadyOpen.ToProblem();
        }

        if (!await db.Obligations.AnyAsync(
            row => row.CycleId == cycle.Id && row.BatchId == null && row.BlockedByIncident == null, cancel))
        {
            return PaymentRefusals.NothingToPay.ToProblem();
        }

        var now = clock.GetUtcNow();
        var batch = new Batch
        {
            Id = BatchId.New(clock),
            CycleId = cycle.Id,
            Programme = cycle.Programme!,
            Currency = cycle.Currency!,
            CreatedBy = user.ToActor().ToString(),
            CreatedAt = now,
        };
        db.Batches.Add(batch);
        await db.StartJobAsync(PlanBatchJob.Kind, batch.Id.ToString(), now, cancel);
        await audit.RecordAsync(user.ToActor(), "create-batch", batch.Id.ToString(),
            new { Cycle = cycle.Id.ToString(), batch.Programme }, cancel);
        return TypedResults.Accepted($"/payments/batches/{batch.Id}", new Response(batch.Id, batch.State));
    }
}
