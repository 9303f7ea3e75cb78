using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Providers.Channels;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Answers;

/// <summary>
/// Finds the faults in the rows of a document. The adapter finds those in the document alone. For an all-or-nothing
/// reading, this class also compares the rows with the orders. It finds rows that name no order of the channel, and
/// amounts above what was due.
/// </summary>
internal sealed class RowCheck(ProvidersDb db, ReadingApplication readings, EvidenceStore store)
{
    /// <summary>Most rows of one report.</summary>
    private const int FaultsMax = 10_000;

    public static Refusal Refused(IReadOnlyList<RowFault> faults) =>
        new("document.rows_refused",
            $"{faults.Count} rows name no order of this channel, name an order twice, or have too large an amount."
            + " Nothing was applied; correct these rows and send the whole file again.");

    public async Task<IReadOnlyList<RowFault>> FaultsAsync(
        ChannelConnection connection, Document document, Result<Reading> read, CancellationToken cancel)
    {
        if (!read.Allows(out var reading, out _))
        {
            return FaultsOf(connection, document);
        }

        return reading.Whole ? await FaultsAsync(connection.Channel, reading, cancel) : [];
    }

    /// <summary>
    /// Writes the faults before the document is closed. They are written once, because the place in the report is part
    /// of the key.
    /// </summary>
    public async Task KeepAsync(EvidenceId evidence, IReadOnlyList<RowFault> faults, CancellationToken cancel)
    {
        if (faults.Count > 0)
        {
            await store.KeepFaultsAsync(evidence, [.. faults.Take(FaultsMax)], cancel);
        }
    }

    /// <summary>Removes the faults of an earlier reading, once the document is sound.</summary>
    public Task ForgetAsync(EvidenceId evidence, CancellationToken cancel) =>
        store.KeepFaultsAsync(evidence, [], cancel);

    private static IReadOnlyList<RowFault> FaultsOf(ChannelConnection connection, Document document)
    {
        try
        {
            return connection.Adapter.FaultsOf(connection.Connection, document);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return [new RowFault(0, "document", $"cannot be read ({fault.GetType().Name})")];
        }
    }

    private async Task<List<RowFault>> FaultsAsync(string channel, Reading reading, CancellationToken cancel)
    {
        var orders = await readings.OrdersAsync(channel, reading, cancel);
        var sent = await SentAsync(orders.Values, cancel);
        var (faults, seen) = (new List<RowFault>(), new HashSet<InstructionId>());
        foreach (var line in reading.Lines.TakeWhile(_ => faults.Count < FaultsMax))
        {
            if (!WireReference.TryRead(line.Reference, out var named) || !orders.TryGetValue(named, out var order))
            {
                faults.Add(new RowFault(line.Row, "payment", "is no payment of this channel"));
            }
            else if (!seen.Add(order))
            {
                faults.Add(new RowFault(line.Row, "payment", "is there twice, under two names"));
            }
            else if (!reading.IsAbout(sent[order].Unit))
            {
                faults.Add(new RowFault(line.Row, "payment", "is not in the list that the file's name closes"));
            }
            else if (line.AmountMinor is { } minor && ReturnRule.KindOf(minor, sent[order].AmountMinor) is null)
            {
                faults.Add(new RowFault(line.Row, "amount", "is more than was due"));
            }
        }

        return faults;
    }

    private async Task<Dictionary<InstructionId, (long AmountMinor, string? Unit)>> SentAsync(
        IEnumerable<InstructionId> orders, CancellationToken cancel)
    {
        var sent = new Dictionary<InstructionId, (long, string?)>();
        foreach (var chunk in orders.Distinct().Chunk(VerdictWriter.VerdictsMax))
        {
            var ids = chunk.ToList();
            foreach (var row in await db.PaymentOrders.AsNoTracking().Where(row => ids.Contains(row.InstructionId))
                         .Select(row => new { row.InstructionId, row.AmountMinor, row.UnitReference })
                         .ToListAsync(cancel))
            {
                sent[row.InstructionId] = (row.AmountMinor, row.UnitReference);
            }
        }

        return sent;
    }
}
