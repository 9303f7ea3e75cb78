using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Enrolments.Domain;
using TwinTrack.Enrolments.Jobs;
using TwinTrack.Enrolments.Persistence;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Web;

namespace TwinTrack.Enrolments.Features;

/// <summary>
/// POST /programmes/{code}/enrolments: select the registered households that meet these criteria and enrol them.
/// </summary>
internal static class EnrolHouseholds
{
    private const int AreasMax = 1_000;

    /// <param name="Areas">P-codes; each includes the areas below it. Empty or absent means everywhere.</param>
    /// <param name="PovertyScoreMax">
    /// 0 to 100, at most two decimals; households with a higher score are left out. Absent means any score.
    /// </param>
    internal sealed record Request(IReadOnlyList<string>? Areas, decimal? PovertyScoreMax);

    internal sealed record Response(EnrolmentRunId Id);

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/programmes/{code}/enrolments", AnswerAsync)
        .RequireRole(Role.Registrar)
        .WithName(nameof(EnrolHouseholds))
        .WithSummary("Select registered households by area and poverty score and enrol them in a programme.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<Results<Accepted<Response>, ProblemHttpResult>> AnswerAsync(
        string code, Request request, ClaimsPrincipal user, Handler handler, CancellationToken cancel)
    {
        var result = await handler.HandleAsync(code, request, user.ToActor(), cancel);
        return result.Match<Results<Accepted<Response>, ProblemHttpResult>>(
            done => TypedResults.Accepted($"/enrolments/enrolments/{done.Id}", done),
            refusal => refusal.ToProblem());
    }

    internal sealed class Handler(EnrolmentsDb db, AuditTrail<EnrolmentsDb> audit, TimeProvider clock)
    {
        internal async Task<Result<Response>> HandleAsync(
            string code, Request request, Actor actor, CancellationToken cancel)
        {
            if (!ProgrammeCode.Parse(code).Allows(out var programme, out var refusal)
                || !ScoreOf(request).Allows(out var score, out refusal))
            {
                return refusal;
            }

            var named = (request.Areas ?? []).Distinct().ToList();
            if (named.Count > AreasMax)
            {
                return EnrolmentRefusals.TooManyAreas;
            }

            var all = await db.Areas.AsNoTracking().ToListAsync(cancel);
            if (named.Except(all.Select(area => area.Pcode)).Any())
            {
                return EnrolmentRefusals.AreaUnknown;
            }

            var run = new EnrolmentRun
            {
                Id = EnrolmentRunId.New(clock),
                Programme = programme,
                Areas = string.Join(',', named),
                PovertyScoreMaxHundredths = score?.Hundredths,
                LastNumber =
                    await db.Households.Where(household => household.State != HouseholdState.Staged)
                        .MaxAsync(household => (long?)household.Number, cancel) ?? 0,
                RequestedBy = actor.ToString(),
                RequestedAt = clock.GetUtcNow(),
            };
            db.Runs.Add(run);
            db.RunAreas.AddRange(Area.WithAllBelow(named, [.. all.Select(area => area.ToArea())])
                .Select(area => new EnrolmentRunArea { RunId = run.Id, Area = area }));
            await db.StartJobAsync(EnrolJob.Kind, run.Id.Text, run.RequestedAt, cancel);
            await audit.RecordAsync(
                actor, "enrol-households", run.Id.Text,
                new { run.Programme, run.Areas, run.PovertyScoreMaxHundredths, run.LastNumber }, cancel);
            return new Response(run.Id);
        }

        private static Result<PovertyScore?> ScoreOf(Request request) =>
            request.PovertyScoreMax is { } max
                ? PovertyScore.Of(max).Then<PovertyScore?>(score => score) : (PovertyScore?)null;
    }
}
