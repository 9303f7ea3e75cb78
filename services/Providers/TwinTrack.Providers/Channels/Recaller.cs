using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Storage;
using TwinTrack.Providers.Answers;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Channels;

/// <summary>
/// Asks a provider to recall orders by the protocol's own means. Writes the recall line first, then calls, then applies
/// the answer.
/// </summary>
internal sealed partial class Recaller(
    ProvidersDb db, PayeeQuery payees, ReadingApplication readings, TimeProvider clock, ILogger<Recaller> logger)
{
    /// <summary>
    /// Safe to repeat. False when the call got no answer. Then the result is unknown, and the orders keep their state.
    /// </summary>
    public async Task<bool> RecallAsync(
        ChannelConnection connection, SentUnit unit, IReadOnlyList<InstructionId> scope, string cause, Job job,
        CancellationToken cancel)
    {
        await db.InTransactionAsync(() => NoteAsync(unit, scope, cause, cancel), cancel);
        db.ClearTracking(job);
        var whole = await payees.ReadUnitAsync(unit, openOnly: false, cancel);
        var wanted = scope.Select(WireReference.Of).ToHashSet();
        var orders = whole.Orders.Where(order => wanted.Contains(order.Reference)).ToList();
        var (reading, fault) = await ProviderCall.TryAsync(
            ProviderSpans.StartCall(connection.Channel, "recall", unit.Reference, [unit.TraceParent]),
            token => connection.Adapter.RecallAsync(connection.Connection, whole, orders, token), clock, cancel);
        if (reading is null)
        {
            LogNotAnswered(logger, connection.Channel, unit.Reference, fault!);
            return false;
        }

        await readings.ApplyAsync(connection.Channel, OnlyOfScope(reading, unit.Reference, wanted), AnswerSource.Recall,
            job,
            cancel);
        return true;
    }

    /// <summary>
    /// An unknown result of the recall says nothing about the order. An answer about the unit applies only to the
    /// orders to be recalled. It never applies to other orders in the same file.
    /// </summary>
    private static Reading OnlyOfScope(Reading reading, string unit, HashSet<string> wanted)
    {
        var named = reading.Lines.Select(line => line.Reference).ToHashSet();
        var spread = reading.Units.Where(one => one.UnitReference == unit)
            .SelectMany(
            one => wanted.Where(order => !named.Contains(order))
                .Select(order => new Answer(order, one.Verdict, one.ProviderReference)));
        return new Reading(
            [], [.. reading.Lines.Concat(spread).Where(line => line.Verdict.Outcome != Outcome.Unknown)]);
    }

    private async Task NoteAsync(SentUnit unit, IReadOnlyList<InstructionId> scope, string cause,
        CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var ids = scope.ToList();
        var noted = await db.Recalls.AsNoTracking()
            .Where(line => ids.Contains(line.InstructionId) && line.Cause == cause)
            .Select(line => line.InstructionId).ToListAsync(cancel);
        await db.BulkInsertAsync(
            [.. ids.Except(noted)
                .Select(id =>
                    new RecallLine { InstructionId = id, Cause = cause, UnitReference = unit.Reference, At = now })],
                    cancel);
        await db.PaymentOrders.Where(row => ids.Contains(row.InstructionId) && row.RecallRequestedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.RecallRequestedAt, now), cancel);
    }

    [LoggerMessage(EventId = 5005, Level = LogLevel.Warning,
        Message = "Channel {Channel}: the recall of unit {Unit} had no answer ({Code})")]
    private static partial void LogNotAnswered(ILogger logger, string channel, string unit, string code);
}
