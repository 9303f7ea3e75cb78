using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Words;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Observability;
using TwinTrack.Platform.Storage;
using TwinTrack.Providers.Answers;
using TwinTrack.Providers.Channels;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Jobs;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Consumers;

/// <summary>
/// Queues orders. A known order is left unchanged. A held order, an order of an older epoch, or one that a stop covers
/// is withdrawn at once.
/// </summary>
internal sealed class SubmitInstructionsHandler(ProvidersDb db, VerdictWriter answers, TimeProvider clock)
    : IMessageHandler<SubmitInstructions>
{
    public async Task HandleAsync(SubmitInstructions message, CancellationToken cancel)
    {
        Activity.Current.TagInstructions(message.Rows.Select(row => row.InstructionId));
        var now = Micros.Of(clock.GetUtcNow());
        var gate = await db.LockGateAsync(message.Channel, cancel);
        var rows = message.Rows.Select(row => RowOf(message, row, now)).DistinctBy(row => row.InstructionId).ToList();
        var ids = rows.Select(row => row.InstructionId).ToList();
        var known =
            (await db.PaymentOrders.AsNoTracking().Where(row => ids.Contains(row.InstructionId))
                .Select(row => row.InstructionId).ToListAsync(cancel)).ToHashSet();
        var held =
            (await db.Holds.AsNoTracking().Where(hold => ids.Contains(hold.InstructionId))
                .Select(hold => hold.InstructionId).ToListAsync(cancel)).ToHashSet();
        var stale = gate is not null && message.Epoch < gate.Epoch;
        var stops = await db.StopsAfterAsync(message.Channel, message.Epoch, cancel);
        // A message may be delivered twice. An order is queued once.
        var fresh = rows.Where(row => !known.Contains(row.InstructionId)).ToList();
        var queued = fresh.Where(row => !stale && !held.Contains(row.InstructionId)
            && !StopRule.CoversAny(stops, row.Routed)).ToList();
        var kept =
            fresh.Except(queued)
                .Select(row => Ended(row, held.Contains(row.InstructionId) ? ReportCodes.Held : ReportCodes.NeverSent))
                .ToList();
        await db.BulkInsertAsync([.. queued, .. kept], cancel);
        await db.BulkInsertAsync([.. queued.Select((row, index) => WaitingOf(row, now, index))], cancel);
        if (kept.Count > 0)
        {
            await answers.RecordUnsentAsync(
                message.Channel,
                [.. kept.Select(row => new UnsentOrder(row.InstructionId, row.AmountMinor, row.Code!))],
                PaymentOrderState.Withdrawn, cancel);
        }

        await db.WakeJobAsync(JobKinds.Submit, message.Channel, now, cancel);
    }

    private static PaymentOrderRow RowOf(SubmitInstructions message, SubmitRow row, DateTimeOffset now) => new()
    {
        InstructionId = InstructionId.Parse(row.InstructionId, null),
        Channel = message.Channel,
        Epoch = message.Epoch,
        BatchId = message.BatchId,
        Programme = message.Programme,
        ObligationId = ObligationId.Parse(row.ObligationId, null),
        HouseholdId = HouseholdId.Parse(row.HouseholdId, null),
        Fingerprint = row.PayeeFingerprint,
        Area = row.Area,
        AmountMinor = row.AmountMinor,
        Currency = message.Currency,
        State = PaymentOrderState.Queued,
        OrderedAt = now,
    };

    private static PaymentOrderRow Ended(PaymentOrderRow row, string code) => new()
    {
        InstructionId = row.InstructionId,
        Channel = row.Channel,
        Epoch = row.Epoch,
        BatchId = row.BatchId,
        Programme = row.Programme,
        ObligationId = row.ObligationId,
        HouseholdId = row.HouseholdId,
        Fingerprint = row.Fingerprint,
        Area = row.Area,
        AmountMinor = row.AmountMinor,
        Currency = row.Currency,
        State = PaymentOrderState.Withdrawn,
        Code = code,
        OrderedAt = row.OrderedAt,
    };

    private static QueueRow WaitingOf(PaymentOrderRow row, DateTimeOffset now, int index) => new()
    {
        Channel = row.Channel,
        Arrival = ((now.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond) + index,
        InstructionId = row.InstructionId,
        Epoch = row.Epoch,
        Programme = row.Programme,
        Area = row.Area,
        DueAt = now,
        TraceParent = TraceContext.Current,
    };
}
