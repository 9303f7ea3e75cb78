using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Incidents;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Web;

namespace TwinTrack.Payments.Features;

/// <summary>
/// POST /incidents/{id}/closing: evidence shows how it ended without a loss. The finding <c>not_paid</c> is only a
/// proposal to pay the obligation again. The other party decides on it.
/// </summary>
internal static class CloseIncident
{
    private static readonly Dictionary<string, IncidentEnd> Ends = new()
    {
        ["no_loss"] = IncidentEnd.NoLoss,
        ["stands"] = IncidentEnd.Stands,
        ["not_paid"] = IncidentEnd.NotPaid,
    };

    /// <param name="Finding">
    /// no_loss: it was one payment; stands: the contradicted attempt is the payment; not_paid: there was no payment.
    /// </param>
    /// <param name="Evidence">What proves it: a statement line, the provider's letter.</param>
    /// <param name="Note">Without personal data.</param>
    internal sealed record Request(string? Finding, string? Evidence, string? Note);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/incidents/{id}/closing", AnswerAsync)
        .RequireRole(IncidentRoles.All)
        .WithName(nameof(CloseIncident))
        .WithSummary("End an incident on evidence, without a loss.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<Results<Ok<IncidentView>, ProblemHttpResult>> AnswerAsync(
        IncidentId id, Request request, IncidentAuthorization authorization, IncidentAccounting accounting,
        ClaimsPrincipal user, CancellationToken cancel)
    {
        var actor = user.ToActor();
        if (!(await authorization.OpenAsync(id, IncidentAct.Close, user, cancel)).Allows(
            out var incident, out var refusal))
        {
            return refusal.ToProblem();
        }

        if (!Ends.TryGetValue(request.Finding ?? "", out var end))
        {
            return IncidentRefusals.UnknownEnd.ToProblem();
        }

        var live = await accounting.LiveAsync(incident, cancel);
        var result = IncidentAuthorization.Reference(request.Evidence)
            .Then(_ => IncidentAuthorization.Note(request.Note))
            .Then(_ => IncidentEndRules.Of(incident.Kind, end, live)).Then(rule =>
            (rule.TwoParties ? TwoParties.First(actor) : actor).Then(
                _ => IncidentLifecycle.Table.Next(
                    incident.State, rule.TwoParties ? IncidentTrigger.ProposeRelease : IncidentTrigger.Close))
                .Then<(IncidentEndRule Rule, IncidentState Next)>(next => (rule, next)));
        if (!result.Allows(out var allowed, out refusal))
        {
            return refusal.ToProblem();
        }

        if (end == IncidentEnd.Stands
            && !(await accounting.StandAsync_NeedsTransaction(incident, actor, request.Evidence, cancel)).Allows(
                out _, out refusal))
        {
            return refusal.ToProblem();
        }

        incident.State = allowed.Next;
        if (allowed.Rule.TwoParties)
        {
            incident.ProposedBy = actor.ToString();
        }
        else
        {
            await accounting.WaiveAsync_NeedsTransaction(incident, actor, request.Evidence, cancel);
            await accounting.EndAsync_NeedsTransaction(incident, allowed.Rule, actor, cancel);
        }

        return TypedResults.Ok(
            await authorization.DoneAsync(incident, actor, "close-incident", request.Note,
                new { Finding = end.ToString(), request.Evidence }, cancel));
    }
}
