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

/// <summary>GET /enrolments/{id}: the households that a selection enrolled, and why others were left out.</summary>
internal static class GetEnrolmentRun
{
    internal enum RunState
    {
        Running,
        Completed,
    }

    /// <param name="Considered">
    /// Registered households that were checked. At the end it is enrolled plus skipped.
    /// </param>
    /// <param name="Skipped">Households by the first reason that applies.</param>
    internal sealed record Response(
        EnrolmentRunId Id,
        string Programme,
        IReadOnlyList<string> Areas,
        decimal? PovertyScoreMax,
        RunState State,
        long Considered,
        long Enrolled,
        IReadOnlyDictionary<string, long> Skipped,
        string RequestedBy,
        DateTimeOffset RequestedAt,
        DateTimeOffset? EndedAt);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/enrolments/{id}", AnswerAsync)
        .RequireRole(Role.Registrar, Role.ProgrammeManager, Role.Admin, Role.Auditor)
        .WithName(nameof(GetEnrolmentRun))
        .WithSummary("What a selection enrolled, and how many it left out for which reason.")
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> AnswerAsync(
        EnrolmentRunId id, EnrolmentsDb db, CancellationToken cancel) =>
        await db.Runs.AsNoTracking().SingleOrDefaultAsync(run => run.Id == id, cancel) is { } run
            ? TypedResults.Ok(Describe(run))
            : EnrolmentRefusals.RunUnknown.ToProblem();

    private static Response Describe(EnrolmentRun run) => new(
        run.Id,
        run.Programme,
        run.Areas.Split(',', StringSplitOptions.RemoveEmptyEntries),
        run.PovertyScoreMaxHundredths is { } hundredths ? PovertyScore.OfHundredths(hundredths).Value : null,
        run.EndedAt is null ? RunState.Running : RunState.Completed,
        run.Considered,
        run.Enrolled,
        new Dictionary<string, long>
        {
            ["outside_areas"] = run.OutsideAreas,
            ["above_poverty_score"] = run.AbovePovertyScore,
            ["excluded"] = run.Excluded,
            ["flagged"] = run.Flagged,
            ["already_enrolled"] = run.AlreadyEnrolled,
        },
        run.RequestedBy,
        run.RequestedAt,
        run.EndedAt);
}
