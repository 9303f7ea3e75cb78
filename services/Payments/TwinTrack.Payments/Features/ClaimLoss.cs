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
using TwinTrack.Platform.Web;

namespace TwinTrack.Payments.Features;

/// <summary>
/// POST /incidents/{id}/claim: records the amount that a contradiction cost, to be asked back or owed by us.
/// </summary>
internal static class ClaimLoss
{
    /// <param name="AmountMinor">Amount paid in error, minor units; at most the incident's amount.</param>
    /// <param name="Reference">The document that proves it.</param>
    internal sealed record Request(long AmountMinor, string? Reference);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/incidents/{id}/claim", AnswerAsync)
        .RequireRole(IncidentRoles.All)
        .WithName(nameof(ClaimLoss))
        .WithSummary("Claim the amount that was paid in error.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<Results<Ok<IncidentView>, ProblemHttpResult>> AnswerAsync(
        IncidentId id, Request request, IncidentAuthorization authorization, IncidentAccounting accounting,
        ClaimsPrincipal user, CancellationToken cancel)
    {
        var result = (await authorization.OpenAsync(id, IncidentAct.Claim, user, cancel)).Then(incident =>
            IncidentAuthorization.Reference(request.Reference)
                .Then(_ => IncidentLifecycle.Table.Next(incident.State, IncidentTrigger.Lose)).Then(next =>
                incident.Money.Claim(request.AmountMinor, incident.AmountMinor)
                    .Then<(Incident Incident, IncidentState Next, IncidentMoney Money)>(
                    money => (incident, next, money))));
        if (!result.Allows(out var allowed, out var refusal))
        {
            return refusal.ToProblem();
        }

        var (found, state, after) = allowed;
        var actor = user.ToActor();
        found.State = state;
        (found.Ending, found.ResolvedBy, found.ResolvedAt) = (null, null, null);
        await accounting.ClaimAsync_NeedsTransaction(found, after, actor, request.Reference, cancel);
        return TypedResults.Ok(
            await authorization.DoneAsync(found, actor, "claim-loss", null,
                new { request.AmountMinor, request.Reference }, cancel));
    }
}
