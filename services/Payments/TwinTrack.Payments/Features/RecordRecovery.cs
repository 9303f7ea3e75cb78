using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Incidents;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Web;

namespace TwinTrack.Payments.Features;

/// <summary>
/// POST /incidents/{id}/recoveries: records an amount that came back, or that was given back to its owner. Several
/// parts are allowed. Their sum is never above the loss. The last part ends the incident.
/// </summary>
internal static class RecordRecovery
{
    /// <param name="AmountMinor">Minor units; above zero, at most what is outstanding.</param>
    /// <param name="Reference">What proves it: a statement line, a credit note.</param>
    internal sealed record Request(long AmountMinor, string? Reference);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/incidents/{id}/recoveries", AnswerAsync)
        .RequireRole(IncidentRoles.All)
        .WithName(nameof(RecordRecovery))
        .WithSummary("Record a part of the loss that came back.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<Results<Ok<IncidentView>, ProblemHttpResult>> AnswerAsync(
        IncidentId id, Request request, IncidentAuthorization authorization, IncidentAccounting accounting,
        ClaimsPrincipal user, CancellationToken cancel)
    {
        // There is something to recover only when the incident could end by recovery.
        var result = (await authorization.OpenAsync(id, IncidentAct.Recover, user, cancel)).Then(incident =>
            IncidentAuthorization.Reference(request.Reference)
                .Then(_ => IncidentLifecycle.Table.Next(incident.State, IncidentTrigger.Recover)).Then(next =>
                incident.Money.Recover(request.AmountMinor)
                    .Then<(Incident Incident, IncidentState Next, IncidentMoney Money)>(
                    money => (incident, next, money))));
        if (!result.Allows(out var allowed, out var refusal))
        {
            return refusal.ToProblem();
        }

        var (found, whole, after) = allowed;
        var actor = user.ToActor();
        await accounting.RecoverAsync_NeedsTransaction(found, after, actor, request.Reference!, cancel);
        if (after.OutstandingMinor == 0)
        {
            found.State = whole;
            var rule = IncidentEndRules.Of(found.Kind, IncidentEnd.Recovered, await accounting.LiveAsync(found, cancel))
                .Match(ok => ok, no => throw new InvalidOperationException(no.Reason));
            await accounting.EndAsync_NeedsTransaction(found, rule, actor, cancel);
        }

        return TypedResults.Ok(await authorization.DoneAsync(
            found, actor, "record-recovery", null,
            new { request.AmountMinor, request.Reference, after.OutstandingMinor }, cancel));
    }
}
