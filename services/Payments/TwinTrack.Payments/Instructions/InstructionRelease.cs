using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Observability;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Payments.Instructions;

/// <summary>
/// Only this class makes an instruction live: claim, state and payment order in one transaction. If the claim is
/// already taken, the row is left alone. So an obligation never has two live attempts.
/// </summary>
internal sealed partial class InstructionRelease(
    PaymentsDb db, InstructionStateWriter states, Outbox<PaymentsDb> outbox, AuditTrail<PaymentsDb> audit,
    ILogger<InstructionRelease> logger)
{
    /// <returns>How many were released.</returns>
    internal async Task<int> ReleaseAsync_NeedsTransaction(
        Batch batch, IReadOnlyList<PlannedInstruction> rows, Actor actor, CancellationToken cancel)
    {
        var free = await FreeAsync(batch, rows, cancel);
        if (free.Count == 0)
        {
            return 0;
        }

        Activity.Current.TagInstructions(free.Select(row => row.Id.ToString()));
        Submit(batch, free);
        await states.ReleaseAsync_NeedsTransaction(free, cancel);
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

    private void Submit(Batch batch, List<PlannedInstruction> free)
    {
        foreach (var group in free.GroupBy(row => (row.Route.Channel, row.Route.Epoch)))
        {
            foreach (var chunk in group.Chunk(InstructionStateWriter.MessageRowsMax))
            {
                outbox.Send(new SubmitInstructions(
                    group.Key.Channel, group.Key.Epoch, batch.Id.ToString(), batch.Programme, batch.Currency,
                    [.. chunk.Select(Order)]));
            }
        }
    }

    private static SubmitRow Order(PlannedInstruction row) => new(
        row.Id.ToString(),
        row.ObligationId.ToString(),
        row.HouseholdId.ToString(),
        row.PayeeFingerprint,
        row.Area,
        row.AmountMinor);

    private Task RecordAsync(Batch batch, List<PlannedInstruction> free, Actor actor, CancellationToken cancel)
    {
        var lines =
            free.Select(
                row => new
                {
                    Id = row.Id.ToString(),
                    Of = row.ObligationId.ToString(),
                    row.Route.Channel,
                    row.Route.Epoch,
                    row.AmountMinor,
                    row.Evidence
                });
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
