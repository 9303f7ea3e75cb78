using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using TwinTrack.Enrolments.Domain;
using TwinTrack.Enrolments.Persistence;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Enrolments.Jobs;

/// <summary>
/// One step of an import: reads and checks the next part of the file. Stores good households as staged, and the errors
/// of bad ones.
/// </summary>
internal sealed class StageHouseholdsStep(EnrolmentsDb db, Uploads uploads, HouseholdSealing sealing,
    IConfiguration configuration, TimeProvider clock)
{
    private readonly string? _country = configuration["country"];

    internal async Task<JobStep> StepAsync(Import import, Job job, CancellationToken cancel)
    {
        if (!uploads.Has(import.Id))
        {
            return await RefuseAsync(import, new RegistryFault(FileRefusals.Lost, 0), cancel);
        }

        var (part, fault) = RegistryReader.Read(uploads.PathOf(import.Id), import.NextByte, import.NextLine);
        if (part is null)
        {
            return await RefuseAsync(import, fault!, cancel);
        }

        var readings = await CheckAsync(part.Households, DateOnly.FromDateTime(import.ReceivedAt.UtcDateTime), cancel);
        var tally = readings.Aggregate(import.Tally, (sum, reading) => sum.And(reading));
        var refusal = tally.Fault(part.AtEnd);
        var number = import.NextNumber;
        var households = refusal is null
            ? readings.Where(reading => reading.Household is not null)
                .Select(reading => sealing.Seal(reading.Household!, import, number++, clock)).ToList()
            : [];
        var errors = ErrorsOf(import, readings);
        await db.InTransactionAsync(
            async () =>
            {
                await db.BulkInsertAsync(households.ConvertAll(one => one.Household), cancel);
                await db.BulkInsertAsync(households.ConvertAll(one => one.Instrument), cancel);
                await db.BulkInsertAsync(households.SelectMany(one => one.Members).ToList(), cancel);
                await db.BulkInsertAsync(errors, cancel);
                import.Tally = tally;
                import.Errors += errors.Count;
                import.NextNumber = number;
                (import.NextByte, import.NextLine) = (part.NextByte, part.NextLine);
                (job.Done, job.Cursor) = (tally.Households, null);
                if (refusal is not null)
                {
                    Refuse(import, new RegistryFault(refusal, part.NextLine - 1));
                }
                else if (part.AtEnd)
                {
                    import.Move(ImportTrigger.ReachEnd);
                }
            },
            cancel);
        return JobStep.Again;
    }

    private async Task<List<HouseholdReading>> CheckAsync(
        IReadOnlyList<IReadOnlyList<RegistryLine>> households, DateOnly today, CancellationToken cancel)
    {
        var named = households.SelectMany(lines => lines.Where(line => line.Error is null).Take(1))
            .Select(line => line[RegistryField.Area]).Where(code => code.Length <= FieldRefusals.FieldMax).Distinct()
            .ToList();
        var areas =
            (await db.Areas.Where(area => named.Contains(area.Pcode)).Select(area => area.Pcode)
                .ToListAsync(cancel)).ToHashSet();
        var ids = households.Select(lines => lines[0].HouseholdId)
            .Where(id => id is { Length: <= FieldRefusals.FieldMax }).Distinct().ToList();
        var known =
            (await db.Households.Where(household => ids.Contains(household.RegistryId))
                .Select(household => household.RegistryId).ToListAsync(cancel))
            .ToHashSet();
        var readings = new List<HouseholdReading>(households.Count);
        foreach (var lines in households)
        {
            var duplicate = lines[0].HouseholdId is { } id && known.Contains(id);
            var reading = duplicate ? HouseholdRules.Duplicate(lines)
                : HouseholdRules.Read(lines, areas, today, _country);
            if (reading.Household is { } good)
            {
                known.Add(good.RegistryId);
            }

            readings.Add(reading);
        }

        return readings;
    }

    private static List<ImportError> ErrorsOf(Import import, List<HouseholdReading> readings)
    {
        var number = import.Errors;
        return
        [
            .. readings.SelectMany(reading => reading.Errors).Select(error => new ImportError
            {
                ImportId = import.Id,
                Number = ++number,
                Row = error.Row,
                Field = error.Field,
                Code = error.Code,
                Reason = error.Reason,
            }),
        ];
    }

    private async Task<JobStep> RefuseAsync(Import import, RegistryFault fault, CancellationToken cancel)
    {
        await db.InTransactionAsync(
            () =>
            {
                Refuse(import, fault);
                return Task.CompletedTask;
            },
            cancel);
        return JobStep.Again;
    }

    private static void Refuse(Import import, RegistryFault fault)
    {
        import.Move(ImportTrigger.Refuse);
        (import.RefusalCode, import.RefusalReason) = (fault.Refusal.Code, fault.Refusal.Reason);
        import.RefusalRow = fault.Row == 0 ? null : fault.Row;
    }
}
