using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Enrolments.Domain;
using TwinTrack.Enrolments.Persistence;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Enrolments.Jobs;

/// <summary>
/// Imports one registry file: stages its good households, flags those that resemble others, and registers all at once.
/// If the file is refused, it deletes the staged rows. Each step commits together with the import's state and position.
/// So a killed import continues where it stopped.
/// </summary>
internal sealed class ImportJob(EnrolmentsDb db, StageHouseholdsStep stage, FlagDuplicatesStep flag,
    ClearStagedRowsJob clear) : IJob<EnrolmentsDb>
{
    public const string Kind = "import";

    private static readonly TimeSpan TurnWait = TimeSpan.FromMilliseconds(500);

    public async Task<JobStep> StepAsync(Job job, CancellationToken cancel)
    {
        var id = TypedId.Parse<ImportId>(job.Subject);
        var import = await db.Imports.SingleAsync(import => import.Id == id, cancel);
        return import.State switch
        {
            ImportState.Received => await BeginAsync(import, cancel),
            ImportState.Staging => await stage.StepAsync(import, job, cancel),
            ImportState.Checking => await flag.StepAsync(import, job, cancel),
            ImportState.Refusing => await clear.StepAsync(import, cancel),
            ImportState.Completed or ImportState.Refused => JobStep.Finished,
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>
    /// One import at a time. Which of two households is first must not depend on the reading speed of two files.
    /// </summary>
    private async Task<JobStep> BeginAsync(Import import, CancellationToken cancel)
    {
        if (await db.Imports.AnyAsync(
                other => other.Number < import.Number && other.State != ImportState.Completed
                    && other.State != ImportState.Refused, cancel))
        {
            return JobStep.After(TurnWait);
        }

        await db.InTransactionAsync(
            async () =>
            {
                import.FirstNumber = (await db.Households.MaxAsync(household => (long?)household.Number, cancel) ?? 0)
                    + 1;
                import.NextNumber = import.FirstNumber;
                import.Change(ImportTrigger.Begin);
            },
            cancel);
        return JobStep.Again;
    }
}
