using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using TwinTrack.Entitlements.Domain;
using TwinTrack.Entitlements.Persistence;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Web;

namespace TwinTrack.Entitlements.Features;

/// <summary>
/// POST /cycles/{id}/close: declare the amounts final. <see cref="Jobs.CloseCycleJob"/> then hands them to Payments.
/// </summary>
internal static class CloseCycle
{
    internal sealed record Response(CycleId Id, CycleState State);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/cycles/{id}/close", AnswerAsync)
        .WithName(nameof(CloseCycle))
        .WithSummary("Declare a cycle's amounts final and send them to Payments.")
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .RequireRole(Role.ProgrammeManager);

    private static async Task<Results<Accepted<Response>, ProblemHttpResult>> AnswerAsync(
        CycleId id, ClaimsPrincipal user, Handler handler, CancellationToken cancel)
    {
        var result = await handler.HandleAsync(id, user.ToActor(), cancel);
        return result.Match<Results<Accepted<Response>, ProblemHttpResult>>(
            done => TypedResults.Accepted($"/entitlements/cycles/{done.Id}", done),
            refusal => refusal.ToProblem());
    }

    internal sealed class Handler(EntitlementsDb db, AuditTrail<EntitlementsDb> audit, TimeProvider clock)
    {
        public async Task<Result<Response>> HandleAsync(CycleId id, Actor actor, CancellationToken cancel)
        {
            if (await db.LockCycleAsync(id, cancel) is not { } cycle)
            {
                return EntitlementsRefusals.CycleUnknown;
            }

            var now = clock.GetUtcNow();
            if (!cycle.Close(actor, now).Allows(out _, out var refusal))
            {
                return refusal;
            }

            await db.StartJobAsync(Jobs.CloseCycleJob.Kind, id.Text, now, cancel);
            await audit.RecordAsync(actor, "close-cycle", id.Text,
                new { count = cycle.Entitlements, sumMinor = cycle.SumMinor, currency = cycle.Currency }, cancel);
            return new Response(id, cycle.State);
        }
    }
}
