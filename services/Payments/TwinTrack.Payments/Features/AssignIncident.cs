using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Incidents;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Web;

namespace TwinTrack.Payments.Features;

/// <summary>
/// POST /incidents/{id}/take: a person who holds the owner's role becomes responsible by name. Taking it over from
/// another person works the same way.
/// </summary>
internal static class AssignIncident
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/incidents/{id}/take", AnswerAsync)
        .RequireRole(IncidentRoles.All)
        .WithName(nameof(AssignIncident))
        .WithSummary("Take an incident: you become responsible for it.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<Results<Ok<IncidentView>, ProblemHttpResult>> AnswerAsync(
        IncidentId id, IncidentAuthorization authorization, TimeProvider clock, ClaimsPrincipal user,
        CancellationToken cancel)
    {
        if (!(await authorization.OpenAsync(id, IncidentAct.Take, user, cancel)).Allows(
            out var incident, out var refusal))
        {
            return refusal.ToProblem();
        }

        var actor = user.ToActor();
        var before = incident.TakenBy;
        (incident.TakenBy, incident.TakenAt) = (actor.ToString(), clock.GetUtcNow());
        return TypedResults.Ok(
            await authorization.DoneAsync(incident, actor, "assign-incident", null, new { From = before }, cancel));
    }
}
