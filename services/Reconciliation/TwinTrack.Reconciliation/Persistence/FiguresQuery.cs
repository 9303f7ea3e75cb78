using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Reconciliation.Domain;
using static TwinTrack.Reconciliation.Domain.InstructionState;

namespace TwinTrack.Reconciliation.Persistence;

/// <summary>Reads the figures of one batch. The number of queries does not depend on the batch's size.</summary>
internal static class FiguresQuery
{
    private static readonly InstructionState[] Flying = [Released, Sent, Accepted];
    private static readonly InstructionState[] Live = [Released, Sent, Accepted, InDoubt, Settled];

    public static async Task<BatchFigures> FiguresAsync(
        this ReconciliationDb db, ReleasedBatch batch, CancellationToken cancel)
    {
        var all = db.Expectations.AsNoTracking().Where(row => row.BatchId == batch.Id);
        var byState = await all.GroupBy(row => row.State)
            .Select(group => new StateTotal(group.Key, group.LongCount(), group.Sum(row => row.OrderedMinor ?? 0)))
            .ToListAsync(cancel);
        var settled = all.Where(row => row.State == Settled);
        var settledInstructions = await TotalAsync(settled.Select(row => row.DeliveredMinor ?? 0), cancel);
        var settledObligations = await settled.Select(row => row.ObligationId).Distinct().LongCountAsync(cancel);
        var known = await ObligationsAsync(all, cancel);
        var followed = db.FollowedObligations.AsNoTracking().Where(row => row.BatchId == batch.Id);
        var followedUp = await TotalAsync(followed.Select(row => row.AmountMinor), cancel);
        var followedUnknown = await TotalAsync(
            followed.Where(row => !all.Any(known => known.ObligationId == row.ObligationId))
                .Select(row => row.AmountMinor), cancel);
        var unpaid = await ObligationsAsync(
            all.Where(
                row => !db.Expectations.Any(
                    other => other.BatchId == batch.Id && other.ObligationId == row.ObligationId
                        && Live.Contains(other.State))
                    && !followed.Any(one => one.ObligationId == row.ObligationId)), cancel);
        var unmatched = await settled.LongCountAsync(
            row => !db.StatementLines.Any(
                line => line.InstructionId == row.InstructionId && line.Kind == LineKind.Paid
                    && line.Verdict == LineVerdict.Matched)
                && !db.Breaks.Any(
                    found => found.InstructionId == row.InstructionId && !BreakLifecycle.Unsettled.Contains(found.State)
                        && found.ClosedBy != Nobody),
            cancel);
        return new BatchFigures(
            new BatchTotal(batch.Count, batch.SumMinor),
            settledInstructions with { Count = settledObligations },
            Of(byState, Flying),
            Of(byState, [InDoubt]),
            unpaid,
            new BatchTotal(
                batch.Count - known.Count - followedUnknown.Count,
                batch.SumMinor - known.SumMinor - followedUnknown.SumMinor),
            followedUp,
            await TotalAsync(
                settled.Where(row => row.DeliveredMinor < row.OrderedMinor)
                    .Select(row => (row.OrderedMinor - row.DeliveredMinor) ?? 0), cancel),
            settledInstructions.Count - settledObligations,
            await all.LongCountAsync(row => row.OrderedMinor == null, cancel),
            [.. byState.OrderBy(total => total.State)],
            await settled.GroupBy(row => row.Track).OrderBy(group => group.Key)
                .Select(group => new TrackTotal(
                    group.Key, group.LongCount(), group.Sum(row => row.DeliveredMinor ?? 0))).ToListAsync(cancel),
            await settled.GroupBy(row => row.FundingSource).OrderBy(group => group.Key)
                .Select(group => new SourceTotal(
                    group.Key, group.LongCount(), group.Sum(row => row.DeliveredMinor ?? 0))).ToListAsync(cancel),
            settledInstructions.Count - unmatched,
            unmatched,
            await db.Breaks.LongCountAsync(
                row => row.BatchId == batch.Id && BreakLifecycle.Unsettled.Contains(row.State), cancel),
            await LedgerAsync(db, batch.Id, cancel),
            await db.LedgerEntries.SumAsync(entry => entry.AmountMinor, cancel),
            await IncidentsAsync(db, batch.Id, cancel));
    }

    /// <summary>The actor of an automatic closing. Such a closing alone does not confirm a payment.</summary>
    private static readonly string Nobody = Actor.System.ToString();

    private static BatchTotal Of(List<StateTotal> byState, InstructionState[] states)
    {
        var chosen = byState.Where(total => states.Contains(total.State)).ToArray();
        return new BatchTotal(chosen.Sum(total => total.Count), chosen.Sum(total => total.SumMinor));
    }

    private static async Task<BatchTotal> TotalAsync(IQueryable<long> amounts, CancellationToken cancel) =>
        new(await amounts.LongCountAsync(cancel), await amounts.SumAsync(cancel));

    /// <summary>Each obligation once with its ordered amount, however many attempts there were.</summary>
    private static Task<BatchTotal> ObligationsAsync(IQueryable<Expectation> rows, CancellationToken cancel) =>
        TotalAsync(rows.GroupBy(row => row.ObligationId).Select(group => group.Max(row => row.OrderedMinor) ?? 0),
            cancel);

    private static async Task<IReadOnlyList<IncidentTotal>> IncidentsAsync(
        ReconciliationDb db, BatchId batch, CancellationToken cancel)
    {
        var rows = await db.IncidentBookings.AsNoTracking().Where(row => row.BatchId == batch)
            .GroupBy(row => new { row.IncidentKind, row.FundingSource, row.IncidentId, row.Kind })
            .Select(group => new { group.Key, Minor = group.Sum(row => row.AmountMinor) }).ToListAsync(cancel);
        return IncidentTotal.Of(
            rows.Select(
                row => (row.Key.IncidentKind, row.Key.FundingSource, row.Key.IncidentId, row.Key.Kind, row.Minor)));
    }

    private static async Task<BatchLedger> LedgerAsync(ReconciliationDb db, BatchId batch, CancellationToken cancel)
    {
        var balances = await db.LedgerEntries.Where(entry => entry.BatchId == batch)
            .GroupBy(entry => entry.Account).Select(
            group => new { Account = group.Key, Minor = group.Sum(entry => entry.AmountMinor) }).ToListAsync(cancel);
        long Under(string prefix) =>
            balances.Where(balance => balance.Account.StartsWith(prefix, StringComparison.Ordinal))
                .Sum(balance => balance.Minor);
        // The committed amount is what left the programme's funds for this batch.
        return new BatchLedger(-Under(Account.FundsPrefix), Under(Account.InFlightPrefix),
            Under(Account.DisbursedPrefix), Under(Account.CommittedPrefix));
    }
}
