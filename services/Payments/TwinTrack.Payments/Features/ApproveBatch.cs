using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Persistence;
using TwinTrack.Payments.Webhooks;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Web;

namespace TwinTrack.Payments.Features;

/// <summary>POST /batches/{id}/approvals: one person approves exactly the content that they saw.</summary>
internal static class ApproveBatch
{
    /// <param name="ContentHash">The hash that the approver saw; 64 hex digits.</param>
    internal sealed record Request(string ContentHash);

    internal sealed record Response(BatchId Id, BatchState State, int Step, int StepsRequired);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/batches/{id}/approvals", AnswerAsync)
        .RequireRole(Role.Approver)
        .WithName(nameof(ApproveBatch))
        .WithSummary("Approve a batch, bound to its content hash.")
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> AnswerAsync(
        BatchId id, Request request, PaymentsDb db, AuditTrail<PaymentsDb> audit, SubscriberEventRecorder events,
        TimeProvider clock, ClaimsPrincipal user, CancellationToken cancel)
    {
        if (await db.Batches.FindAsync([id], cancel) is not { } batch)
        {
            return PaymentRefusals.UnknownBatch.ToProblem();
        }

        var actor = user.ToActor();
        var given = await db.Approvals.Where(row => row.BatchId == id)
            .Select(row => new GivenApproval(row.Step, row.By)).ToListAsync(cancel);
        var allowed = ApprovalPolicy.Approve(
            batch.State, Actor.Parse(batch.CreatedBy), batch.ContentHash, given, actor, request.ContentHash);
        if (!allowed.Allows(out var step, out var refusal))
        {
            return refusal.ToProblem();
        }

        db.Approvals.Add(
            new Approval
            {
                BatchId = id,
                Step = step,
                By = actor.ToString(),
                ContentHash = batch.ContentHash!,
                At = clock.GetUtcNow()
            });
        if (step >= batch.StepsRequired)
        {
            batch.State = BatchLifecycle.Table.Next(batch.State, BatchTrigger.Approve)
                .Match(next => next, no => throw new InvalidOperationException(no.Reason));
            await events.BatchAsync_NeedsTransaction(batch, cancel);
        }

        batch.Version++;
        await audit.RecordAsync(
            actor, "approve-batch", id.ToString(),
            new { Step = step, batch.StepsRequired, batch.ContentHash, batch.Count, batch.SumMinor }, cancel);
        return TypedResults.Ok(new Response(id, batch.State, step, batch.StepsRequired));
    }
}
