using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Domain.Webhooks;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Payments.Webhooks;

/// <summary>
/// Stores events for subscribers in the transaction that caused them, with set inserts. So no event is sent for a
/// change that was rolled back, and no event is lost. A job sends them later, so no payment waits for a subscriber.
/// Costs one query when there are no subscribers.
/// </summary>
internal sealed class SubscriberEventRecorder(PaymentsDb db, WebhookSettings settings, TimeProvider clock)
{
    private const int RowsMax = 1_000;
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private sealed record Happened(string EventId, string Type, int? Track, object Data);

    public async Task PaymentsAsync_NeedsTransaction(
        Batch batch, IEnumerable<StateChangeRow> moved, CancellationToken cancel)
    {
        var known = moved
            .Select(row => (Row: row, State: Word.Parse<InstructionState>(row.To, "to")))
            .Where(one => EventTypes.Payments.Contains(one.State)).ToList();
        if (known.Count == 0 || await ListeningAsync(batch.Programme, cancel) is not { Count: > 0 } listening)
        {
            return;
        }

        var happened = known
            .Select(one => new Happened(
                IdOf(one.Row.InstructionId, Word.Of(one.State)),
                EventTypes.Of(one.State),
                one.Row.Track,
                new
                {
                    PaymentId = one.Row.InstructionId,
                    one.Row.ObligationId,
                    BatchId = batch.Id.ToString(),
                    batch.Programme,
                    State = Word.Of(one.State),
                    one.Row.AmountMinor,
                    batch.Currency,
                    one.Row.At,
                })).ToList();
        await NoteAsync(listening, batch.Programme, happened, cancel);
    }

    public async Task BatchAsync_NeedsTransaction(Batch batch, CancellationToken cancel)
    {
        if (!EventTypes.Batches.Contains(batch.State)
            || await ListeningAsync(batch.Programme, cancel) is not { Count: > 0 } listening)
        {
            return;
        }

        var data = new
        {
            BatchId = batch.Id.ToString(),
            CycleId = batch.CycleId.ToString(),
            batch.Programme,
            State = Word.Of(batch.State),
            Payments = batch.Count,
            AmountMinor = batch.SumMinor,
            batch.Currency,
            At = clock.GetUtcNow(),
        };
        await NoteAsync(listening, batch.Programme,
            [new Happened(IdOf(batch.Id.ToString(), Word.Of(batch.State)), EventTypes.Of(batch.State), null, data)],
            cancel);
    }

    /// <summary>
    /// A state is entered once, so an event always has the same id. The id has no dots, which Standard Webhooks
    /// forbids.
    /// </summary>
    private static string IdOf(string subject, string word) => $"evt_{subject}_{word}";

    private Task<List<Subscriber>> ListeningAsync(string programme, CancellationToken cancel) =>
        db.Subscribers.AsNoTracking().Where(row => row.Programme == null || row.Programme == programme)
            .OrderBy(row => row.Id).ToListAsync(cancel);

    private async Task NoteAsync(List<Subscriber> listening, string programme, List<Happened> happened,
        CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        foreach (var subscriber in listening)
        {
            var subscription = subscriber.Subscription;
            var wanted = happened.Where(one => subscription.Wants(one.Type, programme, one.Track)).ToList();
            if (wanted.Count == 0)
            {
                continue;
            }

            var capacity = (int)Math.Clamp(settings.BacklogMax - subscriber.Backlog, 0, wanted.Count);
            var rows = wanted.Take(capacity).Select(one => new Delivery
            {
                SubscriberId = subscriber.Id,
                EventId = one.EventId,
                Type = one.Type,
                Body = JsonSerializer.Serialize(new { one.Type, Timestamp = now, one.Data }, Web),
                DueAt = now,
                CreatedAt = now,
            });
            foreach (var chunk in rows.Chunk(RowsMax))
            {
                await db.BulkInsertAsync(chunk, cancel);
            }

            await db.Subscribers.Where(row => row.Id == subscriber.Id).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Backlog, row => row.Backlog + capacity)
                    .SetProperty(row => row.Missed, row => row.Missed + (wanted.Count - capacity)), cancel);
            if (subscriber is { State: SubscriberState.Active, FailuresInARow: 0 })
            {
                await db.WakeJobAsync(DeliverEventsJob.Kind, subscriber.Id.ToString(), now, cancel);
            }
        }
    }
}
