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
/// POST /incidents/{id}/decision: the other party decides on a write-off, or on paying an obligation again. Neither
/// happens without that decision.
/// </summary>
internal static class DecideIncident
{
    /// <param name="Note">Why, without personal data.</param>
    internal sealed record Request(bool Agree, string? Note);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/incidents/{id}/decision", AnswerAsync)
        .RequireRole(IncidentRoles.Deciders)
        .WithName(nameof(DecideIncident))
        .WithSummary("Decide, for the other party, on a proposal about an incident.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<Results<Ok<IncidentView>, ProblemHttpResult>> AnswerAsync(
        IncidentId id, Request request, PaymentsDb db, IncidentAuthorization authorization,
        IncidentAccounting accounting, ClaimsPrincipal user, CancellationToken cancel)
    {
        if (await db.Incidents.FindAsync([id], cancel) is not { } incident)
        {
            return IncidentRefusals.Unknown.ToProblem();
        }

        var actor = user.ToActor();
        var proposed = IncidentAuthorization.Note(request.Note)
            .Then(_ => IncidentLifecycle.Table.Next(
                incident.State, request.Agree ? IncidentTrigger.Agree : IncidentTrigger.Refuse))
            .Then<(IncidentState From, IncidentState Next)>(next => (incident.State, next))
            .Then(step => TwoParties.Second(Actor.Parse(incident.ProposedBy!), actor)
                .Then<(IncidentState From, IncidentState Next)>(_ => step));
        if (!proposed.Allows(out var step, out var refusal))
        {
            return refusal.ToProblem();
        }

        incident.State = step.Next;
        if (!request.Agree)
        {
            (incident.ProposedBy, incident.Bearer, incident.Ending, incident.ResolvedBy, incident.ResolvedAt) =
                (null, null, null, null, null);
        }
        else if (!(await AgreeAsync(incident, step.From, accounting, actor, cancel)).Allows(out _, out refusal))
        {
            return refusal.ToProblem();
        }

        return TypedResults.Ok(await authorization.DoneAsync(
            incident, actor, request.Agree ? "agree-on-incident" : "refuse-on-incident", request.Note,
            new { incident.Bearer, incident.WrittenOffMinor }, cancel));
    }

    private static async Task<Result<Incident>> AgreeAsync(
        Incident incident, IncidentState proposal, IncidentAccounting accounting, Actor actor, CancellationToken cancel)
    {
        var end = proposal == IncidentState.WriteOffProposed ? IncidentEnd.WrittenOff : IncidentEnd.NotPaid;
        if (!IncidentEndRules.Of(incident.Kind, end, await accounting.LiveAsync(incident, cancel))
            .Allows(out var rule, out var refusal))
        {
            return refusal;
        }

        if (end == IncidentEnd.WrittenOff
            && !(await accounting.WriteOffAsync_NeedsTransaction(incident, incident.Bearer!, actor, cancel)).Allows(
                out _, out refusal))
        {
            return refusal;
        }

        await accounting.EndAsync_NeedsTransaction(incident, rule, actor, cancel);
        return incident;
    }
}
