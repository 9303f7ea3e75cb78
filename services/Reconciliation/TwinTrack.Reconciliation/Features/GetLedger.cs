using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;
using TwinTrack.Reconciliation.Domain;
using TwinTrack.Reconciliation.Persistence;

namespace TwinTrack.Reconciliation.Features;

/// <summary>
/// GET /ledger: balances; GET /ledger/transactions: the bookings behind them. Of one batch, or of all.
/// </summary>
internal static class GetLedger
{
    private const int PageMax = 1_000;

    /// <param name="BalanceMinor">Minor units; debits above zero, credits below.</param>
    internal sealed record Balance(string Account, string Currency, long BalanceMinor);

    /// <param name="SumMinor">Sum of the balances. It must be zero.</param>
    internal sealed record Response(IReadOnlyList<Balance> Accounts, long SumMinor);

    internal sealed record Entry(string Account, long AmountMinor);

    internal sealed record Transaction(
        LedgerTransactionId Id, DateTimeOffset At, string Cause, BatchId? BatchId, long Count, string Currency,
        IReadOnlyList<Entry> Entries);

    internal sealed record Page(IReadOnlyList<Transaction> Items, string? Next);

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/ledger", AnswerAsync)
            .WithName(nameof(GetLedger)).WithSummary("Balances of the ledger's accounts.")
            .RequireRole(ReconciliationReadRoles.Roles);
        routes.MapGet("/ledger/transactions", ListAsync)
            .WithName("ListLedgerTransactions").WithSummary("The ledger's bookings, in order.")
            .RequireRole(ReconciliationReadRoles.Roles);
    }

    private static async Task<Ok<Response>> AnswerAsync(
        ReconciliationDb db, CancellationToken cancel, BatchId? batchId = null)
    {
        var balances = await db.LedgerEntries.Where(entry => batchId == null || entry.BatchId == batchId)
            .GroupBy(entry => new { entry.Account, entry.Currency })
            .Select(group => new Balance(group.Key.Account, group.Key.Currency, group.Sum(entry => entry.AmountMinor)))
            .ToListAsync(cancel);
        return TypedResults.Ok(new Response(
            [.. balances.OrderBy(balance => balance.Account, StringComparer.Ordinal)],
            balances.Sum(balance => balance.BalanceMinor)));
    }

    private static async Task<Ok<Page>> ListAsync(
        ReconciliationDb db, CancellationToken cancel, BatchId? batchId = null, LedgerTransactionId? after = null,
        int limit = PageMax)
    {
        var size = Math.Clamp(limit, 1, PageMax);
        var last = after?.Value ?? Guid.Empty;
        var rows = await db.LedgerTransactions.AsNoTracking()
            .Where(row => row.Id > last && (batchId == null || row.BatchId == batchId))
            .OrderBy(row => row.Id).Take(size).ToListAsync(cancel);
        var ids = rows.ConvertAll(row => row.Id);
        var entries =
            (await db.LedgerEntries.AsNoTracking().Where(entry => ids.Contains(entry.TransactionId))
                .ToListAsync(cancel))
            .OrderBy(entry => entry.Line).ToLookup(
            entry => entry.TransactionId, entry => new Entry(entry.Account, entry.AmountMinor));
        return TypedResults.Ok(new Page(
            [.. rows.Select(
                row => new Transaction(LedgerTransactionId.From(row.Id), row.At, row.Cause, row.BatchId, row.Count,
                    row.Currency, [.. entries[row.Id]]))],
            rows.Count == size ? LedgerTransactionId.From(rows[^1].Id).Text : null));
    }
}
