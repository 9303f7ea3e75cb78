using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using TwinTrack.Entitlements.Domain;
using TwinTrack.Entitlements.Persistence;
using TwinTrack.Kernel;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Web;

namespace TwinTrack.Entitlements.Features;

/// <summary>
/// POST /cycles/{id}/cancel: cancel a cycle before it is closed, so that its period can be opened again.
/// </summary>
internal static class CancelCycle
{
    private const int ReasonMax = 500;

    internal sealed record Request(string? Reason);

    internal sealed record Response(CycleId Id, CycleState State);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/cycles/{id}/cancel", AnswerAsync)
        .WithName(nameof(CancelCycle))
        .WithSummary("Cancel a cycle before it is closed.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .RequireRole(Role.ProgrammeManager);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> AnswerAsync(
        CycleId id, Request request, ClaimsPrincipal user, Handler handler, CancellationToken cancel)
    {
        var result = await handler.HandleAsync(id, request, user.ToActor(), cancel);
        return result.Match<Results<Ok<Response>, ProblemHttpResult>>(
            done => TypedResults.Ok(done), refusal => refusal.ToProblem());
    }

    internal sealed class Handler(EntitlementsDb db, AuditTrail<EntitlementsDb> audit)
    {
        public async Task<Result<Response>> HandleAsync(
            CycleId id, Request request, Actor actor, CancellationToken cancel)
        {
            if (!FreeText.IsGiven(request.Reason, ReasonMax))
            {
                return EntitlementsRefusals.NoReason;
            }

            if (await db.LockCycleAsync(id, cancel) is not { } cycle)
            {
                return EntitlementsRefusals.CycleUnknown;
            }

            if (!cycle.Cancel().Allows(out _, out var refusal))
            {
                return refusal;
            }

            await audit.RecordAsync(
                actor, "cancel-cycle", id.Text,
                new { reason = request.Reason, cycle.Households, cycle.Failures }, cancel);
            return new Response(id, cycle.State);
        }
    }
}
