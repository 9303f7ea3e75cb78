using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Entitlements.V1;
using TwinTrack.Entitlements.Domain;
using TwinTrack.Entitlements.Persistence;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Entitlements.Jobs;

/// <summary>
/// Sends a closing cycle to Payments. First it computes the totals from the stored list. Then it sends the list part by
/// part, and at last the declaration. The list cannot change any more, so a step that is repeated after a crash sends
/// the same.
/// </summary>
internal sealed class CloseCycleJob(EntitlementsDb db, Outbox<EntitlementsDb> outbox) : IJob<EntitlementsDb>
{
    internal const string Kind = "close-cycle";

    /// <summary>About 170 KB as JSON, or 250 KB with the longest names.</summary>
    private const int RowsMax = 500;

    public async Task<JobStep> StepAsync(Job job, CancellationToken cancel)
    {
        var id = TypedId.Parse<CycleId>(job.Subject);
        if (Cursor.Parse(job.Cursor) is { } cursor)
        {
            return await db.InTransactionAsync(() => SendAsync(job, id, cursor, cancel), cancel);
        }

        using var list = new ListHash();
        await foreach (var row in db.Entitlements.AsNoTracking().Where(row => row.CycleId == id).OrderBy(row => row.Id)
            .Select(row => new { row.Id, row.AmountMinor }).AsAsyncEnumerable().WithCancellation(cancel))
        {
            list.Add(EntitlementId.From(row.Id), row.AmountMinor);
        }

        return await db.InTransactionAsync(() => DeclareAsync(job, id, list, cancel), cancel);
    }

    private async Task<JobStep> DeclareAsync(Job job, CycleId id, ListHash list, CancellationToken cancel)
    {
        var cycle = await db.Cycles.SingleAsync(row => row.Id == id, cancel);
        cycle.Declare(list.Count, list.SumMinor, list.ToHex());
        job.Cursor = new Cursor(0, Guid.Empty).ToString();
        return JobStep.Again;
    }

    private async Task<JobStep> SendAsync(Job job, CycleId id, Cursor cursor, CancellationToken cancel)
    {
        var rows = await db.Entitlements.AsNoTracking().Where(row => row.CycleId == id && row.Id > cursor.Last)
            .OrderBy(row => row.Id).Take(RowsMax).ToListAsync(cancel);
        if (rows.Count == 0)
        {
            await FinishAsync(id, cursor.Chunk, cancel);
            return JobStep.Finished;
        }

        outbox.Send(new EntitlementChunk(id.Text, cursor.Chunk, [.. rows.Select(ToMessage)]));
        job.Cursor = new Cursor(cursor.Chunk + 1, rows[^1].Id).ToString();
        job.Done += rows.Count;
        return JobStep.Again;
    }

    private async Task FinishAsync(CycleId id, int chunks, CancellationToken cancel)
    {
        var cycle = await db.Cycles.SingleAsync(row => row.Id == id, cancel);
        if (!cycle.Finish().Allows(out _, out _))
        {
            return; // Finished by the same step before a crash.
        }

        outbox.Send(new CycleClosed(
            id.Text, cycle.Programme, cycle.Period, cycle.Currency, chunks, cycle.Entitlements, cycle.SumMinor,
            cycle.Hash!, cycle.ClosedBy!, cycle.ClosedAt!.Value));
    }

    private static EntitlementRow ToMessage(Entitlement row) => new(
        EntitlementId.From(row.Id).Text, row.HouseholdId.Text, row.Component, row.AmountMinor, row.Area, row.Instrument,
        row.PayeeFingerprint, row.FundingSource);

    /// <summary>The next part's number and the last id sent.</summary>
    private sealed record Cursor(int Chunk, Guid Last)
    {
        public static Cursor? Parse(string? text) => text?.Split('|') is [var chunk, var last]
            ? new Cursor(int.Parse(chunk, CultureInfo.InvariantCulture), Guid.Parse(last))
            : null;

        public override string ToString() => Invariant($"{Chunk}|{Last:n}");
    }
}
