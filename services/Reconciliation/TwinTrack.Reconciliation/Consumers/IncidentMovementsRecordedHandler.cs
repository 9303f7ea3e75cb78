using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Kernel;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Storage;
using TwinTrack.Reconciliation.Domain;
using TwinTrack.Reconciliation.Jobs;
using TwinTrack.Reconciliation.Persistence;

namespace TwinTrack.Reconciliation.Consumers;

/// <summary>Books the movements of incidents, each once.</summary>
internal sealed class IncidentMovementsRecordedHandler(ReconciliationDb db, Ledger ledger, TimeProvider clock)
    : IMessageHandler<IncidentMovementsRecorded>
{
    public async Task HandleAsync(IncidentMovementsRecorded message, CancellationToken cancel)
    {
        var ids = message.Rows.Select(row => row.MovementId).ToList();
        var known =
            (await db.IncidentBookings.Where(row => ids.Contains(row.MovementId)).Select(row => row.MovementId)
                .ToListAsync(cancel)).ToHashSet();
        var fresh = message.Rows.Where(row => known.Add(row.MovementId)).ToList();
        if (fresh.Count == 0)
        {
            return;
        }

        var batch = TypedId.Parse<BatchId>(message.BatchId);
        var postings = fresh.SelectMany(row => IncidentPostingRules
            .Of(new ReportedIncidentMovement(
                row.Kind, message.Programme, batch, row.Channel, row.FundingSource, row.Bearer, row.AmountMinor))
            .Match(ok => ok, refusal => throw new InvalidOperationException($"{refusal.Reason} ({row.Kind})")));
        await ledger.BookAsync(postings, message.Programme, null, message.Currency, cancel);
        await db.BulkInsertAsync(
            fresh.ConvertAll(row => new BookedIncidentMovement
            {
                MovementId = row.MovementId,
                IncidentId = row.IncidentId,
                IncidentKind = Word.Parse<IncidentKind>(row.IncidentKind, "rows.incidentKind").ToString(),
                Kind = row.Kind,
                BatchId = batch,
                FundingSource = row.FundingSource,
                Bearer = row.Bearer,
                AmountMinor = row.AmountMinor,
                At = row.At,
            }),
            cancel);
        await db.WakeAddendumAsync(batch, clock.GetUtcNow(), cancel);
    }
}
