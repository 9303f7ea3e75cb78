using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Incidents;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Web;

namespace TwinTrack.Payments.Features;

/// <summary>
/// POST /incidents/{id}/write-off: one party proposes that a funding source bears the outstanding amount. The other
/// party decides.
/// </summary>
internal static class ProposeIncidentWriteOff
{
    /// <param name="Bearer">Code of the funding source that bears the loss.</param>
    /// <param name="Note">Why, without personal data.</param>
    internal sealed record Request(string? Bearer, string? Note);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/incidents/{id}/write-off", AnswerAsync)
        .RequireRole(IncidentRoles.All)
        .WithName(nameof(ProposeIncidentWriteOff))
        .WithSummary("Propose that a funding source bears the amount that is not recovered.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<Results<Ok<IncidentView>, ProblemHttpResult>> AnswerAsync(
        IncidentId id, Request request, PaymentsDb db, IncidentAuthorization authorization,
        IncidentAccounting accounting, ClaimsPrincipal user, CancellationToken cancel)
    {
        var actor = user.ToActor();
        var result = (await authorization.OpenAsync(id, IncidentAct.WriteOff, user, cancel)).Then(incident =>
            IncidentAuthorization.Note(request.Note).Then(_ => TwoParties.First(actor))
                .Then(_ => IncidentLifecycle.Table.Next(incident.State, IncidentTrigger.ProposeWriteOff))
                .Then<(Incident Incident, IncidentState Next)>(next => (incident, next)));
        if (!result.Allows(out var allowed, out var refusal))
        {
            return refusal.ToProblem();
        }

        var (found, state) = allowed;
        var batch = await accounting.BatchOfAsync(found, cancel);
        var bearer = request.Bearer ?? "";
        if (!await db.Funds.AnyAsync(
            fund => fund.Programme == batch.Programme && fund.FundingSource == bearer
                && fund.Currency == batch.Currency, cancel))
        {
            return IncidentRefusals.UnknownBearer(bearer).ToProblem();
        }

        (found.State, found.Bearer, found.ProposedBy) = (state, bearer, actor.ToString());
        return TypedResults.Ok(
            await authorization.DoneAsync(found, actor, "propose-incident-write-off", request.Note,
                new { found.Bearer, found.Money.OutstandingMinor }, cancel));
    }
}
