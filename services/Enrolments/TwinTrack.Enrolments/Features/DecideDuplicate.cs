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

/// <summary>POST /duplicates/{id}/decision: keep the later household, or exclude it for good.</summary>
internal static class DecideDuplicate
{
    /// <param name="Decision">keep or exclude.</param>
    internal sealed record Request(string? Decision);

    internal sealed record Response(DuplicateId Id, DuplicateState State, HouseholdId Household,
        HouseholdState HouseholdState);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/duplicates/{id}/decision", AnswerAsync)
        .RequireRole(Role.Registrar)
        .WithName(nameof(DecideDuplicate))
        .WithSummary("Keep a household that is perhaps registered twice, or exclude it for good.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> AnswerAsync(
        DuplicateId id, Request request, ClaimsPrincipal user, Handler handler, CancellationToken cancel)
    {
        var result = await handler.HandleAsync(id, request, user.ToActor(), cancel);
        return result.Match<Results<Ok<Response>, ProblemHttpResult>>(
            done => TypedResults.Ok(done), refusal => refusal.ToProblem());
    }

    internal sealed class Handler(EnrolmentsDb db, AuditTrail<EnrolmentsDb> audit, TimeProvider clock)
    {
        internal async Task<Result<Response>> HandleAsync(
            DuplicateId id, Request request, Actor actor, CancellationToken cancel)
        {
            if (request.Decision is not ("keep" or "exclude"))
            {
                return EnrolmentRefusals.Decision;
            }

            if (await db.Duplicates.SingleOrDefaultAsync(duplicate => duplicate.Id == id, cancel) is not { } duplicate)
            {
                return EnrolmentRefusals.DuplicateUnknown;
            }

            var trigger = request.Decision == "keep" ? DuplicateTrigger.Keep : DuplicateTrigger.Exclude;
            if (!DuplicateLifecycle.Table.Next(duplicate.State, trigger).Allows(out var decided, out var refusal))
            {
                return refusal;
            }

            var household = await db.Households.SingleAsync(
                household => household.Number == duplicate.HouseholdNumber, cancel);
            Close(duplicate, decided, actor);
            await MoveHouseholdAsync(household, duplicate, actor, cancel);
            await audit.RecordAsync(
                actor, "decide-duplicate", id.Text, new
                {
                    request.Decision,
                    household = household.Id.Text,
                    state = household.State.ToString()
                }, cancel);
            return new Response(id, duplicate.State, household.Id, household.State);
        }

        /// <summary>
        /// An exclusion decides all other suspicions about the household. It is kept only when every suspicion is
        /// decided.
        /// </summary>
        private async Task MoveHouseholdAsync(
            Household household, Duplicate decided, Actor actor, CancellationToken cancel)
        {
            var open = await db.Duplicates
                .Where(other => other.HouseholdNumber == household.Number && other.Number != decided.Number
                    && other.State == DuplicateState.Open)
                .ToListAsync(cancel);
            if (decided.State == DuplicateState.Excluded)
            {
                open.ForEach(other => Close(other, DuplicateState.Excluded, actor));
                household.State = HouseholdLifecycle.Table.Next(household.State, HouseholdTrigger.Exclude)
                    .Match(next => next, Impossible);
            }
            else if (open.Count == 0)
            {
                household.State = HouseholdLifecycle.Table.Next(household.State, HouseholdTrigger.Keep)
                    .Match(next => next, Impossible);
            }
        }

        private void Close(Duplicate duplicate, DuplicateState state, Actor actor) =>
            (duplicate.State, duplicate.DecidedBy, duplicate.DecidedAt) = (state, actor.ToString(), clock.GetUtcNow());

        private static HouseholdState Impossible(Refusal refusal) =>
            throw new InvalidOperationException($"An open duplicate whose household is not held: {refusal.Reason}");
    }
}
