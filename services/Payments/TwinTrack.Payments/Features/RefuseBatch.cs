using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Jobs;
using TwinTrack.Payments.Persistence;
using TwinTrack.Payments.Webhooks;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Web;

namespace TwinTrack.Payments.Features;

/// <summary>POST /batches/{id}/refusal: no payment leaves, and its obligations can join another batch.</summary>
internal static class RefuseBatch
{
    private const int ReasonMax = 500;

    /// <param name="Reason">Why, in one sentence without personal data.</param>
    internal sealed record Request(string Reason);

    internal sealed record Response(BatchId Id, BatchState State);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/batches/{id}/refusal", AnswerAsync)
        .RequireRole(Role.Approver)
        .WithName(nameof(RefuseBatch))
        .WithSummary("Refuse a batch. Its obligations can join another batch.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> AnswerAsync(
        BatchId id, Request request, PaymentsDb db, AuditTrail<PaymentsDb> audit, SubscriberEventRecorder events,
        TimeProvider clock, ClaimsPrincipal user, CancellationToken cancel)
    {
        if (await db.Batches.FindAsync([id], cancel) is not { } batch)
        {
            return PaymentRefusals.UnknownBatch.ToProblem();
        }

        if (!FreeText.IsGiven(request.Reason, ReasonMax))
        {
            return PaymentRefusals.NoReason.ToProblem();
        }

        if (!BatchLifecycle.Table.Next(batch.State, BatchTrigger.Refuse).Allows(out var next, out var refusal))
        {
            return refusal.ToProblem();
        }

        (batch.State, batch.EndedBy, batch.EndReason) = (next, user.ToActor().ToString(), request.Reason);
        batch.Version++;
        await events.BatchAsync_NeedsTransaction(batch, cancel);
        await db.StartJobAsync(FreeBatchJob.Kind, id.ToString(), clock.GetUtcNow(), cancel);
        await audit.RecordAsync(user.ToActor(), "refuse-batch", id.ToString(),
            new { batch.ContentHash, request.Reason }, cancel);
        return TypedResults.Ok(new Response(id, batch.State));
    }
}
