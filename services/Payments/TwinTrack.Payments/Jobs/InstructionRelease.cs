using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Words;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Observability;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Payments.Jobs;

/// <summary>
/// Only this class makes an instruction live: claim, state, order and bookkeeping in one transaction. If the claim is
/// already taken, the row is left alone. So an obligation never has two live attempts.
/// </summary>
internal sealed partial class InstructionRelease(
    PaymentsDb db, Outbox<PaymentsDb> outbox, AuditTrail<PaymentsDb> audit, TimeProvider clock,
    ILogger<InstructionRelease> logger)
{
    /// <summary>Rows of about 350 bytes in a message of at most 256 KB.</summary>
    private const int MessageRowsMax = 500;

    /// <returns>How many were released.</returns>
    internal async Task<int> ReleaseAsync_NeedsTransaction(
        Batch batch, IReadOnlyList<PlannedInstruction> rows, Actor actor, CancellationToken cancel)
    {
        var free = await FreeAsync(batch, rows, cancel);
        if (free.Count == 0)
        {
            return 0;
        }

        Activity.Current.TellInstructions(free.Select(row => row.Id.ToString()));
        var now = clock.GetUtcNow();
        await db.BulkInsertAsync(
            free.ConvertAll(row => new ObligationClaim
            {
                ObligationId = row.ObligationId,
                InstructionId = row.Id,
                Generation = row.Generation,
                Epoch = row.Route.Epoch,
            }),
            cancel);
        await MarkAsync(free, now, cancel);
        Send(batch, free, now);
        await RecordAsync(batch, free, actor, cancel);
        return free.Count;
    }

    private async Task<List<PlannedInstruction>> FreeAsync(
        Batch batch, IReadOnlyList<PlannedInstruction> rows, CancellationToken cancel)
    {
        var ids = rows.Select(row => row.ObligationId).ToList();
        var claimed =
            (await db.Claims.Where(claim => ids.Contains(claim.ObligationId)).Select(claim => claim.ObligationId)
                .ToListAsync(cancel)).ToHashSet();
        var free = rows.Where(row => !claimed.Contains(row.ObligationId) && !row.Blocked).ToList();
        if (free.Count < rows.Count)
        {
            LogSkipped(logger, batch.Id, rows.Count - free.Count);
            await audit.RecordAsync(Actor.System, "skip-claimed", batch.Id.ToString(),
                new { Count = rows.Count - free.Count, Claimed = claimed.Count }, cancel);
        }

        return free;
    }

    private async Task MarkAsync(List<PlannedInstruction> free, DateTimeOffset now, CancellationToken cancel)
    {
        var changed = 0;
        foreach (var group in free.GroupBy(row => row.Fresh ? row.Route : null))
        {
            changed += await ReleaseAsync(group.Key, [.. group.Select(row => row.Id)], now, cancel);
        }

        if (changed != free.Count)
        {
            throw new InvalidOperationException(
                "Instructions changed while they were being released; nothing of this chunk is done, and it will be "
                    + "tried again.");
        }

        var obligations = free.ConvertAll(row => row.ObligationId);
        await db.Obligations.Where(row => obligations.Contains(row.Id)).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.LastReleased, row => row.LastPlanned)
                .SetProperty(row => row.UnpaidReason, (string?)null), cancel);
    }

    /// <param name="route">Null when it is stored already.</param>
    private Task<int> ReleaseAsync(PlannedRoute? route, List<InstructionId> ids, DateTimeOffset now,
        CancellationToken cancel)
    {
        var sources = InstructionLifecycle.Table.Sources(InstructionTrigger.Release);
        return db.Instructions.Where(row => ids.Contains(row.Id) && sources.Contains(row.State)).ExecuteUpdateAsync(
            set =>
            {
                set.SetProperty(row => row.State, InstructionState.Released)
                    .SetProperty(row => row.Version, row => row.Version + 1)
                    .SetProperty(row => row.ChangedAt, now);
                if (route is not null)
                {
                    set.SetProperty(row => row.Channel, route.Channel)
                        .SetProperty(row => row.Track, route.Track)
                        .SetProperty(row => row.Epoch, route.Epoch)
                        .SetProperty(row => row.Why, route.Why)
                        .SetProperty(row => row.SwitchId, route.By);
                }
            },
            cancel);
    }

    private void Send(Batch batch, List<PlannedInstruction> free, DateTimeOffset now)
    {
        foreach (var group in free.GroupBy(row => (row.Route.Channel, row.Route.Epoch)))
        {
            foreach (var chunk in group.Chunk(MessageRowsMax))
            {
                outbox.Send(new SubmitInstructions(
                    group.Key.Channel, group.Key.Epoch, batch.Id.ToString(), batch.Programme, batch.Currency,
                    [.. chunk.Select(Order)]));
            }
        }

        foreach (var chunk in free.Chunk(MessageRowsMax))
        {
            outbox.Send(
                new InstructionStatesChanged(batch.Id.ToString(), batch.Programme, batch.Currency,
                    [.. chunk.Select(row => StateChangeOf(row, now))]));
        }
    }

    private static SubmitRow Order(PlannedInstruction row) => new(
        row.Id.ToString(),
        row.ObligationId.ToString(),
        row.HouseholdId.ToString(),
        row.PayeeFingerprint,
        row.Area,
        row.AmountMinor);

    private static StateChangeRow StateChangeOf(PlannedInstruction row, DateTimeOffset now) => new(
        row.Id.ToString(),
        row.ObligationId.ToString(),
        row.Route.Channel,
        row.Route.Track,
        row.FundingSource,
        row.Version + 1,
        InstructionStates.Planned,
        InstructionStates.Released,
        row.AmountMinor,
        now);

    private Task RecordAsync(Batch batch, List<PlannedInstruction> free, Actor actor, CancellationToken cancel)
    {
        var lines =
            free.Select(
                row => new { Id = row.Id.ToString(), Of = row.ObligationId.ToString(), row.Route.Channel,
                    row.Route.Epoch, row.AmountMinor, row.Evidence });
        return audit.RecordAsync(
            actor,
            "release-instructions",
            batch.Id.ToString(),
            new
            {
                free.Count,
                SumMinor = free.Sum(row => row.AmountMinor),
                Sha256 = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(lines))),
                Switches = free.Select(row => row.Route.By?.ToString()).Where(one => one is not null).Distinct(),
            },
            cancel);
    }

    [LoggerMessage(EventId = 4011, Level = LogLevel.Warning,
        Message = "Batch {BatchId}: {Count} obligations have a live attempt or an incident and were not released")]
    private static partial void LogSkipped(ILogger logger, BatchId batchId, int count);
}
