using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Storage;
using TwinTrack.Reconciliation.Domain;

namespace TwinTrack.Reconciliation.Persistence;

/// <summary>Set-based writes that the matching and the review share; at most a thousand rows each.</summary>
internal static class BreakUpdates
{
    /// <summary>Opens these breaks, except those that were found before.</summary>
    public static async Task OpenBreaksAsync(
        this ReconciliationDb db, IEnumerable<Break> found, CancellationToken cancel)
    {
        var distinct = found.DistinctBy(row => row.Key).ToList();
        var keys = distinct.ConvertAll(row => row.Key);
        var known =
            (await db.Breaks.Where(row => keys.Contains(row.Key)).Select(row => row.Key)
                .ToListAsync(cancel)).ToHashSet();
        await db.BulkInsertAsync(distinct.FindAll(row => !known.Contains(row.Key)), cancel);
    }

    /// <summary>Closes breaks whose difference no longer exists.</summary>
    public static Task<int> ClearBreaksAsync(
        this ReconciliationDb db, IReadOnlyCollection<Guid> ids, string note, DateTimeOffset at,
        CancellationToken cancel)
    {
        var sources = BreakLifecycle.Table.Sources(BreakTrigger.Resolve);
        var system = Actor.System.ToString();
        return db.Breaks.Where(row => ids.Contains(row.Id) && sources.Contains(row.State)).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.State, BreakState.Resolved)
                .SetProperty(row => row.ClosedBy, system)
                .SetProperty(row => row.ClosedAt, at)
                .SetProperty(row => row.Note, note)
                .SetProperty(row => row.Version, row => row.Version + 1),
            cancel);
    }

    /// <summary>Writes the verdicts that these lines carry.</summary>
    public static async Task SetVerdictsAsync(
        this ReconciliationDb db, IEnumerable<StatementLine> judged, CancellationToken cancel)
    {
        foreach (var group in judged.GroupBy(line => (line.StatementId, line.Verdict)))
        {
            var (statement, verdict) = group.Key;
            var lines = group.Select(line => line.Line).ToList();
            await db.StatementLines.Where(line => line.StatementId == statement && lines.Contains(line.Line))
                .ExecuteUpdateAsync(set => set.SetProperty(line => line.Verdict, verdict), cancel);
        }
    }
}
