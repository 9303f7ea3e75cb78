using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Forced;
using TwinTrack.Payments.Incidents;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Web;

namespace TwinTrack.Payments.Features;

/// <summary>
/// POST /forced/{id}/decision: the other party decides. On agreement the attempts are given up at once and the bearer's
/// funds are reserved. Refused when the list has changed since both saw it, or when the bearer lacks the funds.
/// </summary>
internal static class DecideForcedMove
{
    /// <param name="Hash">Hash of the list that was seen; 64 hex digits.</param>
    internal sealed record Request(string? Hash, bool Agree, string? Note);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/forced/{id}/decision", AnswerAsync)
        .RequireRole(Role.CoChair)
        .WithName(nameof(DecideForcedMove))
        .WithSummary("Decide, for the other party, whether to give up attempts in doubt.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<Results<Ok<ProposeForcedMove.Response>, ProblemHttpResult>> AnswerAsync(
        ForcedMoveId id, Request request, PaymentsDb db, ForcedMoveExecution execution, AuditTrail<PaymentsDb> audit,
        TimeProvider clock, ClaimsPrincipal user, CancellationToken cancel)
    {
        if (await db.ForcedMoves.FindAsync([id], cancel) is not { } forced)
        {
            return ForcedRefusals.Unknown.ToProblem();
        }

        var actor = user.ToActor();
        var allowed = IncidentAuthorization.Note(request.Note)
            .Then(_ => ForcedMoveLifecycle.Table.Next(
                forced.State, request.Agree ? ForcedMoveTrigger.Agree : ForcedMoveTrigger.Refuse))
            .Then(next => TwoParties.Second(Actor.Parse(forced.ProposedBy), actor).Then<ForcedMoveState>(_ => next));
        if (!allowed.Allows(out var next, out var refusal))
        {
            return refusal.ToProblem();
        }

        if (request.Agree
            && !(await CarryAsync(forced, request.Hash, db, execution, cancel)).Allows(out _, out refusal))
        {
            return refusal.ToProblem();
        }

        (forced.State, forced.DecidedBy, forced.DecidedAt) = (next, actor.ToString(), clock.GetUtcNow());
        forced.Note += " " + request.Note;
        forced.Version++;
        await audit.RecordAsync(
            actor,
            request.Agree ? "agree-on-forced-move" : "refuse-forced-move",
            id.ToString(),
            new
            {
                Switch = forced.SwitchId.ToString(),
                forced.ListHash,
                forced.Count,
                forced.SumMinor,
                forced.Bearer,
                forced.ProposedBy,
                request.Note
            },
            cancel);
        return TypedResults.Ok(ProposeForcedMove.Response.Of(forced));
    }

    private static async Task<Result<ForcedMove>> CarryAsync(
        ForcedMove forced, string? hash, PaymentsDb db, ForcedMoveExecution execution, CancellationToken cancel)
    {
        if (!(await execution.ReadAsync(forced.SwitchId, cancel)).Allows(out var list, out var refusal))
        {
            return refusal;
        }

        if (hash != forced.ListHash || list.Hash != forced.ListHash)
        {
            return ForcedRefusals.HashDiffers;
        }

        if (!await db.ChargeAsync(forced.Programme, forced.Bearer, forced.Currency, list.SumMinor, cancel))
        {
            return IncidentRefusals.BearerLacksFunds(forced.Bearer);
        }

        return await execution.CarryAsync_NeedsTransaction(forced, list, cancel);
    }
}
