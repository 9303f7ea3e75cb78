using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Enrolments.V1;
using TwinTrack.Kernel;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Storage;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Consumers;

/// <summary>
/// Stores payees, sealed as they came. A fingerprint identifies its content, so a known fingerprint is not stored
/// again.
/// </summary>
internal sealed class PayeeChunkHandler(ProvidersDb db) : IMessageHandler<PayeeChunk>
{
    public async Task HandleAsync(PayeeChunk message, CancellationToken cancel)
    {
        var rows = message.Rows.Select(row => new StoredPayee
        {
            HouseholdId = HouseholdId.Parse(row.HouseholdId, null),
            Fingerprint = row.Fingerprint,
            Sealed = row.Sealed,
        }).DistinctBy(row => (row.HouseholdId, row.Fingerprint)).ToList();
        var households = rows.Select(row => row.HouseholdId).Distinct().ToList();
        var known = await db.Payees.AsNoTracking().Where(row => households.Contains(row.HouseholdId))
            .Select(row => new { row.HouseholdId, row.Fingerprint }).ToListAsync(cancel);
        var seen = known.Select(row => (row.HouseholdId, row.Fingerprint)).ToHashSet();
        await db.BulkInsertAsync([.. rows.Where(row => !seen.Contains((row.HouseholdId, row.Fingerprint)))], cancel);
    }
}
