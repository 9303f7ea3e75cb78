using Microsoft.EntityFrameworkCore;
using TwinTrack.Enrolments.Domain;
using TwinTrack.Enrolments.Persistence;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Enrolments.Jobs;

/// <summary>
/// The last steps of an import. They find households that share an account or a national id with an earlier household,
/// and hold them. Then one statement registers the rest. Until then all of them are hidden.
/// </summary>
internal sealed class FlagDuplicatesStep(EnrolmentsDb db, Uploads uploads, AuditTrail<EnrolmentsDb> audit,
    TimeProvider clock)
{
    private const int PairsMax = 1_000;

    /// <summary>A later household and the earliest one it resembles, by number.</summary>
    private sealed record Pair(long Later, long First);

    internal async Task<JobStep> StepAsync(Import import, Job job, CancellationToken cancel)
    {
        var (reason, after) = Cursor(import, job);
        if (reason is null)
        {
            await CompleteAsync(import, cancel);
            return JobStep.Finished;
        }

        var pairs = await FindAsync(reason.Value, after, import.NextNumber, cancel);
        var next = pairs.Count == PairsMax ? Invariant($"{reason}:{pairs[^1].Later}")
            : reason == DuplicateReason.SameAccount ? $"{DuplicateReason.SameNationalId}:0" : "done";
        await db.InTransactionAsync(
            async () =>
            {
                await HoldAsync(import, reason.Value, [.. pairs.DistinctBy(pair => pair.Later)], cancel);
                job.Cursor = next;
            },
            cancel);
        return JobStep.Again;
    }

    private static (DuplicateReason? Reason, long After) Cursor(Import import, Job job)
    {
        if (job.Cursor is "done")
        {
            return (null, 0);
        }

        var parts = (job.Cursor ?? $"{DuplicateReason.SameAccount}:0").Split(':');
        var after = long.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture);
        return (Enum.Parse<DuplicateReason>(parts[0]), Math.Max(after, import.FirstNumber - 1));
    }

    /// <summary>
    /// SQL by hand: EF's comparison of two columns that may be null does not use the index. Both engines read it alike.
    /// </summary>
    private Task<List<Pair>> FindAsync(DuplicateReason reason, long after, long before, CancellationToken cancel) =>
        (reason == DuplicateReason.SameAccount
            ? db.Database.SqlQuery<Pair>($"""
                SELECT mine.household_number AS "Later",
                    (SELECT MIN(first.household_number) FROM instruments first
                        WHERE first.account_fingerprint = mine.account_fingerprint) AS "First"
                FROM instruments mine
                WHERE mine.household_number > {after} AND mine.household_number < {before}
                    AND mine.account_fingerprint IS NOT NULL
                    AND EXISTS (SELECT 1 FROM instruments other
                        WHERE other.account_fingerprint = mine.account_fingerprint
                            AND other.household_number < mine.household_number)
                ORDER BY mine.household_number LIMIT {PairsMax}
                """)
            : db.Database.SqlQuery<Pair>($"""
                SELECT mine.household_number AS "Later",
                    (SELECT MIN(first.household_number) FROM members first
                        WHERE first.national_id_fingerprint = mine.national_id_fingerprint) AS "First"
                FROM members mine
                WHERE mine.household_number > {after} AND mine.household_number < {before}
                    AND mine.national_id_fingerprint IS NOT NULL
                    AND EXISTS (SELECT 1 FROM members other
                        WHERE other.national_id_fingerprint = mine.national_id_fingerprint
                            AND other.household_number < mine.household_number)
                ORDER BY mine.household_number LIMIT {PairsMax}
                """)).ToListAsync(cancel);

    private async Task HoldAsync(Import import, DuplicateReason reason, List<Pair> pairs, CancellationToken cancel)
    {
        var number = await db.Duplicates.MaxAsync(duplicate => (long?)duplicate.Number, cancel) ?? 0;
        var now = clock.GetUtcNow();
        await db.BulkInsertAsync(
            pairs.ConvertAll(pair => new Duplicate
            {
                Number = ++number,
                Id = DuplicateId.New(clock),
                Reason = reason,
                HouseholdNumber = pair.Later,
                OtherNumber = pair.First,
                State = DuplicateState.Open,
                FoundAt = now,
            }),
            cancel);
        var numbers = pairs.ConvertAll(pair => pair.Later);
        var sources = HouseholdLifecycle.Table.Sources(HouseholdTrigger.Flag);
        import.Flagged += await db.Households.Where(
            household => numbers.Contains(household.Number) && sources.Contains(household.State))
            .ExecuteUpdateAsync(set => set.SetProperty(household => household.State, HouseholdState.Flagged), cancel);
    }

    private async Task CompleteAsync(Import import, CancellationToken cancel)
    {
        // Deleted before the commit. The file is no longer needed, and after the commit no step would delete it.
        uploads.Delete(import.Id);
        await db.InTransactionAsync(
            async () =>
            {
                var sources = HouseholdLifecycle.Table.Sources(HouseholdTrigger.Register);
                await db.Households
                    .Where(household => household.Number >= import.FirstNumber && household.Number < import.NextNumber
                        && sources.Contains(household.State))
                    .ExecuteUpdateAsync(set => set.SetProperty(household => household.State, HouseholdState.Registered),
                        cancel);
                import.Change(ImportTrigger.Complete);
                import.EndedAt = clock.GetUtcNow();
                await audit.RecordAsync(Actor.Parse(import.ImportedBy), "complete-import", import.Id.Text,
                    new { import.Sha256, import.Tally }, cancel);
            },
            cancel);
    }
}
