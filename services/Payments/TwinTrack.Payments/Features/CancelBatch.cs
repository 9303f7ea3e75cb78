using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Web;

namespace TwinTrack.Payments.Features;

/// <summary>POST /batches/{id}/cancellation: no payment leaves, and its obligations can join another batch.</summary>
internal static class CancelBatch
{
    /// <param name="Reason">Why, in one sentence without personal data.</param>
    internal sealed record Request(string Reason);

    internal sealed record Response(BatchId Id, BatchState State);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/batches/{id}/cancellation", AnswerAsync)
        .RequireRole(Role.ProgrammeManager)
        .WithName(nameof(CancelBatch))
        .WithSummary("Cancel a batch that is not released. Its obligations can join another batch.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> AnswerAsync(
        BatchId id, Request request, EndBatch.Handler handler, ClaimsPrincipal user, CancellationToken cancel)
    {
        var ended = await handler.HandleAsync(
            id, BatchTrigger.Cancel, "cancel-batch", request.Reason, user.ToActor(), cancel);
        return ended.Match<Results<Ok<Response>, ProblemHttpResult>>(
            state => TypedResults.Ok(new Response(id, state)), refusal => refusal.ToProblem());
    }
}
