using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Enrolments.Domain;
using TwinTrack.Enrolments.Persistence;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Enrolments.Jobs;

/// <summary>
/// Selects households into a programme in the database, a thousand numbers at a time. One last statement enrols the
/// selected households, so no caseload ever holds half a selection.
/// </summary>
internal sealed class EnrolJob(EnrolmentsDb db, AuditTrail<EnrolmentsDb> audit, TimeProvider clock) : IJob<EnrolmentsDb>
{
    public const string Kind = "enrol";

    private const int NumbersMax = 1_000;

    /// <summary>The highest score, used when every score is accepted.</summary>
    private const int AnyScore = 100_00;

    public async Task<JobStep> StepAsync(Job job, CancellationToken cancel)
    {
        var id = TypedId.Parse<EnrolmentRunId>(job.Subject);
        var run = await db.Runs.SingleAsync(run => run.Id == id, cancel);
        var after = job.Cursor is null ? 0 : long.Parse(job.Cursor, CultureInfo.InvariantCulture);
        if (run.EndedAt is not null)
        {
            return JobStep.Finished;
        }

        if (after >= run.LastNumber)
        {
            await db.InTransactionAsync(() => EnrolSelectedAsync(run, cancel), cancel);
            return JobStep.Finished;
        }

        var last = Math.Min(after + NumbersMax, run.LastNumber);
        await db.InTransactionAsync(
            async () =>
            {
                await CountAsync(run, after, last, cancel);
                await SelectAsync(run, after, last, cancel);
                job.Cursor = last.ToString(CultureInfo.InvariantCulture);
                job.Done = run.Considered;
            },
            cancel);
        return JobStep.Again;
    }

    /// <summary>Each household is counted once, under the first reason that applies, before any is selected.</summary>
    private async Task CountAsync(EnrolmentRun run, long after, long last, CancellationToken cancel)
    {
        var everywhere = run.Areas.Length == 0;
        var scoreMax = run.PovertyScoreMaxHundredths ?? AnyScore;
        var counts = await db.Households.AsNoTracking()
            .Where(household => household.Number > after && household.Number <= last
                && household.State != HouseholdState.Staged)
            .Select(household => new
            {
                household.State,
                InAreas = everywhere || db.RunAreas.Any(area => area.RunId == run.Id && area.Area == household.Area),
                InScore = household.PovertyScoreHundredths <= scoreMax,
                Already = db.Enrolments.Any(
                    enrolment => enrolment.Programme == run.Programme && enrolment.HouseholdNumber == household.Number),
            })
            .GroupBy(household => household)
            .Select(group => new { group.Key, Count = (long)group.Count() })
            .ToListAsync(cancel);
        foreach (var group in counts)
        {
            run.Considered += group.Count;
            _ = group.Key switch
            {
                { InAreas: false } => run.OutsideAreas += group.Count,
                { InScore: false } => run.AbovePovertyScore += group.Count,
                { State: HouseholdState.Excluded } => run.Excluded += group.Count,
                { State: HouseholdState.Flagged } => run.Flagged += group.Count,
                { Already: true } => run.AlreadyEnrolled += group.Count,
                _ => 0,
            };
        }
    }

    private Task<int> SelectAsync(EnrolmentRun run, long after, long last, CancellationToken cancel)
    {
        var (everywhere, scoreMax) = (run.Areas.Length == 0, run.PovertyScoreMaxHundredths ?? AnyScore);
        var (runId, programme, now) = (run.Id.Value, run.Programme, Micros(clock.GetUtcNow()));
        return db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO enrolments (programme, household_number, household_id, run_id, state, enrolled_at, changed_at)
            SELECT {programme}, household.number, household.id, {runId}, 'Selected', NULL, {now}
            FROM households household
            WHERE household.number > {after} AND household.number <= {last} AND household.state = 'Registered'
                AND household.poverty_score_hundredths <= {scoreMax}
                AND ({everywhere} OR EXISTS (SELECT 1 FROM enrolment_run_areas area
                    WHERE area.run_id = {runId} AND area.area = household.area))
                AND NOT EXISTS (SELECT 1 FROM enrolments enrolled
                    WHERE enrolled.programme = {programme} AND enrolled.household_number = household.number)
            """,
            cancel);
    }

    private async Task EnrolSelectedAsync(EnrolmentRun run, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var sources = EnrolmentLifecycle.Table.Sources(EnrolmentTrigger.Enrol);
        run.Enrolled =
            await db.Enrolments.Where(
                enrolment => enrolment.Programme == run.Programme && enrolment.RunId == run.Id
                    && sources.Contains(enrolment.State))
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(enrolment => enrolment.State, EnrolmentState.Enrolled)
                    .SetProperty(enrolment => enrolment.EnrolledAt, now)
                    .SetProperty(enrolment => enrolment.ChangedAt, now),
                cancel);
        run.EndedAt = now;
        await audit.RecordAsync(
            Actor.Parse(run.RequestedBy), "complete-enrolment", run.Id.Text,
            new { run.Programme, run.Areas, run.PovertyScoreMaxHundredths, run.Considered, run.Enrolled }, cancel);
    }

    private static long Micros(DateTimeOffset at) => (long)new InstantConverter().ConvertToProvider(at)!;
}
