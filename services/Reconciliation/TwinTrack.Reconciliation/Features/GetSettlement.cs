using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Web;
using TwinTrack.Reconciliation.Domain;
using TwinTrack.Reconciliation.Persistence;

namespace TwinTrack.Reconciliation.Features;

/// <summary>
/// GET /settlement/{programme}: the payments of each track from each funding source, and the claims between the tracks.
/// For one cycle, or for all.
/// </summary>
internal static class GetSettlement
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/settlement/{programme}", AnswerAsync)
        .ReadsOneState<ReconciliationDb>()
        .WithName(nameof(GetSettlement)).WithSummary("The claims between the tracks, by funding source.")
        .RequireRole(ReconciliationReadRoles.Roles);

    /// <param name="aligned">
    /// Codes of the funding sources for track 2, separated by commas. All others belong to the government.
    /// </param>
    private static async Task<Ok<Settlement>> AnswerAsync(
        string programme, ReconciliationDb db, CancellationToken cancel, CycleId? cycleId = null,
        string? aligned = null)
    {
        var batches =
            db.Batches.Where(batch => batch.Programme == programme && (cycleId == null || batch.CycleId == cycleId))
                .Select(batch => batch.Id);
        var paid = await db.Expectations.AsNoTracking()
            .Where(row => batches.Contains(row.BatchId) && row.State == InstructionState.Settled)
            .GroupBy(row => new { row.FundingSource, row.Track, row.Channel, row.Currency })
            .Select(group => new TrackPayments(
                group.Key.FundingSource, group.Key.Track, group.Key.Channel, group.Key.Currency, group.LongCount(),
                group.Sum(row => row.DeliveredMinor ?? 0)))
            .ToListAsync(cancel);
        var accounts =
            await db.LedgerEntries.Where(
                entry => entry.Account.StartsWith(Account.DisbursedPrefix) && entry.BatchId != null
                    && batches.Contains(entry.BatchId.Value))
            .GroupBy(entry => new { entry.Account, entry.Currency })
            .Select(group => new
            {
                group.Key.Account,
                group.Key.Currency,
                Minor = group.Sum(entry => entry.AmountMinor)
            }).ToListAsync(cancel);
        var disbursed = accounts.ToDictionary(
            row => (row.Account[Account.DisbursedPrefix.Length..], row.Currency), row => row.Minor);
        return TypedResults.Ok(Settlement.Of(
            [.. paid.OrderBy(line => line.FundingSource, StringComparer.Ordinal).ThenBy(line => line.Track)
                .ThenBy(line => line.Channel, StringComparer.Ordinal)],
            (aligned?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                ?? []).ToHashSet(),
            disbursed));
    }
}
