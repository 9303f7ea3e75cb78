using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Enrolments.V1;
using TwinTrack.Enrolments.Domain;
using TwinTrack.Enrolments.Persistence;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Enrolments.Jobs;

/// <summary>
/// Streams the caseload of one cycle in order of household number. Each chunk is sent in the step that moves the
/// cursor. So a chunk is made once and always holds the same households. A household that is enrolled after the request
/// waits for the next cycle.
/// </summary>
internal sealed class CaseloadJob(EnrolmentsDb db, Outbox<EnrolmentsDb> outbox, AuditTrail<EnrolmentsDb> audit,
    TimeProvider clock) : IJob<EnrolmentsDb>
{
    public const string Kind = "caseload";

    /// <summary>The age below which children are counted separately.</summary>
    private const int YoungYears = 5;

    private const int HouseholdsMax = 500;

    /// <summary>
    /// Characters of the payees in one chunk; with their JSON around them the message stays below 256 KB.
    /// </summary>
    private const int SealedMax = 170_000;

    private sealed record Row(long Number, HouseholdId Id, string Area, int Members, string Kind, string Fingerprint,
        string Sealed);

    public async Task<JobStep> StepAsync(Job job, CancellationToken cancel)
    {
        var cycle = TypedId.Parse<CycleId>(job.Subject);
        var caseload = await db.Caseloads.SingleAsync(caseload => caseload.CycleId == cycle, cancel);
        if (caseload.EndedAt is not null)
        {
            return JobStep.Finished;
        }

        var after = job.Cursor is null ? 0 : long.Parse(job.Cursor, CultureInfo.InvariantCulture);
        var ended = await db.InTransactionAsync(
            async () =>
            {
                var rows = await NextAsync(caseload, after, cancel);
                if (rows.Count == 0)
                {
                    await EndAsync(caseload, cancel);
                    return true;
                }

                var young = await YoungAsync(rows, caseload.AsOf, cancel);
                var cycleId = caseload.CycleId.Text;
                outbox.Send(new CaseloadChunk(
                    cycleId,
                    caseload.Chunks,
                    [.. rows.Select(
                        row => new CaseloadRow(
                            row.Id.Text, row.Area, row.Kind, row.Fingerprint, row.Members,
                            young.GetValueOrDefault(row.Number)))]));
                outbox.Send(
                    new PayeeChunk(cycleId, caseload.Chunks,
                        [.. rows.Select(row => new PayeeRow(row.Id.Text, row.Fingerprint, row.Sealed))]));
                caseload.Chunks++;
                caseload.Rows += rows.Count;
                job.Cursor = rows[^1].Number.ToString(CultureInfo.InvariantCulture);
                job.Done = caseload.Rows;
                return false;
            },
            cancel);
        return ended ? JobStep.Finished : JobStep.Again;
    }

    private async Task<List<Row>> NextAsync(Caseload caseload, long after, CancellationToken cancel)
    {
        var rows = await db.Enrolments.AsNoTracking()
            .Where(enrolment => enrolment.Programme == caseload.Programme && enrolment.HouseholdNumber > after
                && enrolment.State == EnrolmentState.Enrolled && enrolment.EnrolledAt <= caseload.RequestedAt)
            .OrderBy(enrolment => enrolment.HouseholdNumber)
            .Take(HouseholdsMax)
            .Join(db.Households, enrolment => enrolment.HouseholdNumber, household => household.Number,
                (_, household) => household)
            .Join(db.Instruments, household => household.Number, instrument => instrument.HouseholdNumber,
                (household, instrument) => new { household, instrument })
            .OrderBy(pair => pair.household.Number)
            .Select(pair => new Row(
                pair.household.Number,
                pair.household.Id,
                pair.household.Area,
                pair.household.MemberCount,
                pair.instrument.Kind,
                pair.instrument.PayeeFingerprint,
                pair.instrument.PayeeSealed))
            .ToListAsync(cancel);
        var size = 0;
        return [.. rows.TakeWhile((row, index) => (size += row.Sealed.Length) <= SealedMax || index == 0)];
    }

    /// <summary>Born, and not yet five years old, on the cycle's day.</summary>
    private async Task<Dictionary<long, int>> YoungAsync(List<Row> rows, DateOnly asOf, CancellationToken cancel)
    {
        var numbers = rows.ConvertAll(row => row.Number);
        var bornAfter = asOf.AddYears(-YoungYears);
        return await db.Members.AsNoTracking()
            .Where(member => numbers.Contains(member.HouseholdNumber) && member.BirthDate > bornAfter
                && member.BirthDate <= asOf)
            .GroupBy(member => member.HouseholdNumber)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancel);
    }

    private async Task EndAsync(Caseload caseload, CancellationToken cancel)
    {
        outbox.Send(new CaseloadEnded(caseload.CycleId.Text, caseload.Chunks, caseload.Rows));
        caseload.EndedAt = clock.GetUtcNow();
        await audit.RecordAsync(
            Actor.System, "stream-caseload", caseload.CycleId.Text,
            new { caseload.Programme, caseload.AsOf, caseload.Chunks, caseload.Rows }, cancel);
    }
}
