using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Payments.Jobs;

/// <summary>Compares the received rows of a cycle with the declared totals. Subject: the cycle.</summary>
internal sealed class CheckReceivedCycleJob(PaymentsDb db, AuditTrail<PaymentsDb> audit) : IJob<PaymentsDb>
{
    internal const string Kind = "check-cycle";

    public async Task<JobStep> StepAsync(Job job, CancellationToken cancel)
    {
        var id = TypedId.Parse<CycleId>(job.Subject);
        var cycle = await db.ReceivedCycles.AsNoTracking().SingleAsync(row => row.Id == id, cancel);
        using var hash = new LineHash();
        var lines = db.Obligations.Where(row => row.CycleId == id && row.BatchId == null).OrderBy(row => row.Id)
            .Select(row => new { row.Id, row.AmountMinor });
        await foreach (var line in lines.AsAsyncEnumerable().WithCancellation(cancel))
        {
            hash.Add(new EntitlementId(line.Id.Value), line.AmountMinor);
        }

        var found = hash.Hex();
        var reason = Difference(cycle, hash.Count, hash.SumMinor, found);
        var trigger = reason is null ? CycleTrigger.Accept : CycleTrigger.Refuse;
        var next = CycleLifecycle.Table.Next(CycleState.Arriving, trigger)
            .Match(state => state, no => throw new InvalidOperationException(no.Reason));
        var sources = CycleLifecycle.Table.Sources(trigger);
        await db.InTransactionAsync(
            async () =>
            {
                var changed = await db.ReceivedCycles.Where(row => row.Id == id && sources.Contains(row.State))
                    .ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.State, next).SetProperty(row => row.Reason, reason), cancel);
                if (changed == 1)
                {
                    await audit.RecordAsync(
                        Actor.System,
                        reason is null ? "accept-cycle" : "refuse-cycle",
                        job.Subject,
                        new { hash.Count, hash.SumMinor, Hash = found, cycle.HashExpected, Reason = reason },
                        cancel);
                }
            },
            cancel);
        return JobStep.Finished;
    }

    /// <summary>
    /// Starts the check when the whole cycle has arrived. Both message handlers call this: either message may be last.
    /// </summary>
    internal static async Task StartWhenCompleteAsync(
        PaymentsDb db, CycleId id, DateTimeOffset now, CancellationToken cancel)
    {
        var complete = await db.ReceivedCycles.AnyAsync(
            cycle => cycle.Id == id && cycle.State == CycleState.Arriving && cycle.ChunksExpected != null
                && cycle.ChunksArrived >= cycle.ChunksExpected,
            cancel);
        if (complete)
        {
            await db.StartJobAsync(Kind, id.ToString(), now, cancel);
        }
    }

    private static string? Difference(ReceivedCycle cycle, long count, long sumMinor, string hash)
    {
        if (Currency.Of(cycle.Currency) is Result<Currency>.No)
        {
            return "The declared currency is not one of ISO 4217.";
        }

        if (count != cycle.CountExpected)
        {
            return Invariant($"{cycle.CountExpected} entitlements were declared and {count} arrived.");
        }

        if (sumMinor != cycle.SumExpectedMinor)
        {
            return Invariant($"A sum of {cycle.SumExpectedMinor} was declared and {sumMinor} arrived.");
        }

        return string.Equals(hash, cycle.HashExpected, StringComparison.OrdinalIgnoreCase)
            ? null : "Count and sum agree, but the hash of the lines does not.";
    }
}
