using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform;

namespace TwinTrack.Payments.Features;

/// <summary>POST /incidents/{id}/resolve: a person says how it ended. The obligation stays blocked: paying it again is a decision of its own.</summary>
internal static class ResolveIncident
{
    private const int NoteMax = 1_000;

    /// <param name="Note">How it ended, without personal data.</param>
    internal sealed record Request(string Note);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/incidents/{id}/resolve", AnswerAsync)
        .RequireRole(Role.Operator)
        .WithName(nameof(ResolveIncident))
        .WithSummary("Say how an incident ended.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<Results<Ok<IncidentView>, ProblemHttpResult>> AnswerAsync(
        IncidentId id, Request request, PaymentsDb db, AuditTrail<PaymentsDb> audit, TimeProvider clock, ClaimsPrincipal user, CancellationToken cancel)
    {
        if (await db.Incidents.FindAsync([id], cancel) is not { } incident)
        {
            return PaymentRefusals.UnknownIncident.ToProblem();
        }

        if (request.Note.Length is 0 or > NoteMax)
        {
            return PaymentRefusals.NoNote.ToProblem();
        }

        if (!IncidentLifecycle.Table.Next(incident.State, IncidentTrigger.Resolve).Allows(out var next, out var refusal))
        {
            return refusal.ToProblem();
        }

        var actor = user.ToActor();
        (incident.State, incident.ResolvedBy, incident.ResolvedAt) = (next, actor.ToString(), clock.GetUtcNow());
        incident.Note += " " + request.Note;
        await audit.RecordAsync(actor, "resolve-incident", id.ToString(), new { Kind = incident.Kind.ToString(), request.Note }, cancel);
        return TypedResults.Ok(IncidentView.Of(incident));
    }
}
