using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Enrolments.Domain;
using TwinTrack.Enrolments.Persistence;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Web;

namespace TwinTrack.Enrolments.Features;

/// <summary>
/// POST /programmes/{code}/households/{id}/suspend, resume or exit: changes the state of one household's enrolment.
/// </summary>
internal static class ChangeEnrolment
{
    private const int ReasonMax = 500;

    /// <param name="Reason">The reason. It is recorded in the audit trail, so it must name no person.</param>
    internal sealed record Request(string? Reason);

    internal sealed record Response(HouseholdId Household, string Programme, EnrolmentState State);

    internal static void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, "suspend", EnrolmentTrigger.Suspend,
            "Leave one household out of new caseloads until it is resumed.");
        Map(routes, "resume", EnrolmentTrigger.Resume, "Take a suspended household into new caseloads again.");
        Map(routes, "exit", EnrolmentTrigger.Exit, "Take one household out of the programme for good.");
    }

    private static void Map(IEndpointRouteBuilder routes, string verb, EnrolmentTrigger trigger, string summary) =>
        routes
        .MapPost(
            $"/programmes/{{code}}/households/{{id}}/{verb}",
            (string code, HouseholdId id, Request request, ClaimsPrincipal user, Handler handler,
                CancellationToken cancel) =>
                AnswerAsync(code, id, trigger, request, user, handler, cancel))
        .RequireRole(Role.Registrar)
        .WithName($"{trigger}Enrolment")
        .WithSummary(summary)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> AnswerAsync(
        string code, HouseholdId id, EnrolmentTrigger trigger, Request request, ClaimsPrincipal user, Handler handler,
        CancellationToken cancel)
    {
        var result = await handler.HandleAsync(code, id, trigger, request, user.ToActor(), cancel);
        return result.Match<Results<Ok<Response>, ProblemHttpResult>>(
            done => TypedResults.Ok(done), refusal => refusal.ToProblem());
    }

    internal sealed class Handler(EnrolmentsDb db, AuditTrail<EnrolmentsDb> audit, TimeProvider clock)
    {
        internal async Task<Result<Response>> HandleAsync(
            string code, HouseholdId id, EnrolmentTrigger trigger, Request request, Actor actor,
            CancellationToken cancel)
        {
            if (!FreeText.IsGiven(request.Reason, ReasonMax))
            {
                return EnrolmentRefusals.NoReason;
            }

            var number = await db.Households.Where(household => household.Id == id)
                .Select(household => (long?)household.Number).SingleOrDefaultAsync(cancel);
            var enrolment = await db.Enrolments.SingleOrDefaultAsync(
                enrolment => enrolment.Programme == code && enrolment.HouseholdNumber == number, cancel);
            if (enrolment is null)
            {
                return EnrolmentRefusals.EnrolmentUnknown;
            }

            var from = enrolment.State;
            if (!EnrolmentLifecycle.Table.Next(from, trigger).Allows(out var to, out var refusal))
            {
                return refusal;
            }

            (enrolment.State, enrolment.ChangedAt) = (to, clock.GetUtcNow());
            await audit.RecordAsync(
                actor, $"{trigger.ToString().ToLowerInvariant()}-enrolment", id.Text,
                new { programme = code, from = from.ToString(), to = to.ToString(), reason = request.Reason }, cancel);
            return new Response(id, code, to);
        }
    }
}
