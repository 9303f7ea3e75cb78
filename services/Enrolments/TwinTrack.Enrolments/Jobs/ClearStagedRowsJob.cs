using Microsoft.EntityFrameworkCore;
using TwinTrack.Enrolments.Domain;
using TwinTrack.Enrolments.Persistence;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Enrolments.Jobs;

/// <summary>Deletes the staged rows of a refused file, from the end, and then the file. Its errors are kept.</summary>
internal sealed class ClearStagedRowsJob(EnrolmentsDb db, Uploads uploads, AuditTrail<EnrolmentsDb> audit,
    TimeProvider clock)
{
    private const int HouseholdsMax = 1_000;

    internal async Task<JobStep> StepAsync(Import import, CancellationToken cancel)
    {
        if (import.NextNumber <= import.FirstNumber)
        {
            await EndAsync(import, cancel);
            return JobStep.Finished;
        }

        var (from, before) = (Math.Max(import.FirstNumber, import.NextNumber - HouseholdsMax), import.NextNumber);
        await db.InTransactionAsync(
            async () =>
            {
                await db.Members.Where(member => member.HouseholdNumber >= from && member.HouseholdNumber < before)
                    .ExecuteDeleteAsync(cancel);
                await db.Instruments.Where(
                    instrument => instrument.HouseholdNumber >= from && instrument.HouseholdNumber < before)
                    .ExecuteDeleteAsync(cancel);
                await db.Households.Where(household => household.Number >= from && household.Number < before)
                    .ExecuteDeleteAsync(cancel);
                import.NextNumber = from;
            },
            cancel);
        return JobStep.Again;
    }

    private async Task EndAsync(Import import, CancellationToken cancel)
    {
        uploads.Delete(import.Id);
        await db.InTransactionAsync(
            async () =>
            {
                import.Change(ImportTrigger.Clear);
                import.EndedAt = clock.GetUtcNow();
                await audit.RecordAsync(
                    Actor.Parse(import.ImportedBy), "refuse-import", import.Id.Text,
                    new { import.Sha256, import.RefusalCode, import.RefusalRow, import.Tally }, cancel);
            },
            cancel);
    }
}
