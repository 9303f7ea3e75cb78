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
/// POST /moves/{id}/forced: one party proposes to give up attempts in doubt without evidence. It names the source that
/// bears the loss if they were paid. Nothing changes until the other party agrees.
/// </summary>
internal static class ProposeForcedMove
{
    /// <param name="Hash">Hash of the list that was seen; 64 hex digits.</param>
    /// <param name="Bearer">Code of the funding source that bears the loss.</param>
    /// <param name="Note">Why, without personal data.</param>
    internal sealed record Request(string? Hash, string? Bearer, string? Note);

    internal sealed record Response(ForcedMoveId Id, ForcedMoveState State, string Hash, long Count, long SumMinor,
        string Bearer, string ProposedBy, string? DecidedBy)
    {
        internal static Response Of(ForcedMove row) =>
            new(row.Id, row.State, row.ListHash, row.Count, row.SumMinor, row.Bearer, row.ProposedBy, row.DecidedBy);
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/moves/{id}/forced", AnswerAsync)
        .RequireRole(Role.CoChair)
        .WithName(nameof(ProposeForcedMove))
        .WithSummary("Propose, for one party, to give up attempts in doubt. Names the source that bears a loss.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> AnswerAsync(
        SwitchId id, Request request, PaymentsDb db, ForcedMoveExecution execution, AuditTrail<PaymentsDb> audit,
        TimeProvider clock, ClaimsPrincipal user, CancellationToken cancel)
    {
        var actor = user.ToActor();
        if (!IncidentAuthorization.Note(request.Note).Then(_ => TwoParties.First(actor)).Allows(out _, out var refusal))
        {
            return refusal.ToProblem();
        }

        if (!(await execution.ReadAsync(id, cancel)).Allows(out var list, out refusal))
        {
            return refusal.ToProblem();
        }

        if (list.Lines.Count == 0)
        {
            return ForcedRefusals.Nothing.ToProblem();
        }

        if (list.Hash != request.Hash)
        {
            return ForcedRefusals.HashDiffers.ToProblem();
        }

        var bearer = request.Bearer ?? "";
        if (await db.Funds.AsNoTracking().SingleOrDefaultAsync(
            fund => fund.Programme == list.Move.Programme && fund.FundingSource == bearer, cancel) is not { } source)
        {
            return IncidentRefusals.UnknownBearer(bearer).ToProblem();
        }

        var forced = new ForcedMove
        {
            Id = ForcedMoveId.New(clock),
            SwitchId = id,
            Programme = list.Move.Programme,
            Currency = source.Currency,
            ListHash = list.Hash,
            Count = list.Lines.Count,
            SumMinor = list.SumMinor,
            Bearer = bearer,
            ProposedBy = actor.ToString(),
            ProposedAt = clock.GetUtcNow(),
            Note = request.Note!,
        };
        db.ForcedMoves.Add(forced);
        await audit.RecordAsync(
            actor, "propose-forced-move", forced.Id.ToString(), new
            {
                Switch = id.ToString(),
                forced.ListHash,
                forced.Count,
                forced.SumMinor,
                forced.Bearer,
                request.Note
            }, cancel);
        return TypedResults.Ok(Response.Of(forced));
    }
}
