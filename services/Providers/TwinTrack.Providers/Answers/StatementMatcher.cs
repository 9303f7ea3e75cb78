using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Answers;

/// <summary>Finds the order of each statement line, and the orders that a statement does not name.</summary>
internal sealed class StatementMatcher(ProvidersDb db, OrderReferences names)
{
    /// <summary>The order that each line names, by the line's place.</summary>
    public async Task<Dictionary<int, InstructionId>> MatchAsync(
        string channel, IReadOnlyList<ImportedStatementLine> lines, CancellationToken cancel)
    {
        var orders = await names.ResolveAsync(
            channel, lines.Select(line => line.InstructionId).OfType<InstructionId>(), cancel);
        return lines.Where(line => line.InstructionId is { } id && orders.ContainsKey(id))
            .ToDictionary(line => line.Place, line => orders[line.InstructionId!.Value]);
    }

    /// <summary>
    /// Orders of these units that have no final outcome and that the statement does not name, by order or obligation.
    /// If the statement has an unmatched payment, an order of the same amount may be that payment. Such an order does
    /// not count as absent.
    /// </summary>
    public async Task<List<InstructionId>> AbsentAsync(
        ImportedStatement statement, IReadOnlyList<string> units, CancellationToken cancel)
    {
        var references = units.ToList();
        var openStates = PaymentOrderLifecycle.Open.ToList();
        var open = await db.PaymentOrders.AsNoTracking()
            .Where(row => row.UnitReference != null && references.Contains(row.UnitReference)
                && openStates.Contains(row.State))
            .Select(row => new { row.InstructionId, row.ObligationId, row.AmountMinor }).ToListAsync(cancel);
        var names = open.Select(row => row.InstructionId)
            .Concat(open.Select(row => InstructionId.From(row.ObligationId.Value))).Distinct().ToList();
        var present = (await db.StatementLines.AsNoTracking()
            .Where(line => line.StatementId == statement.Id && line.InstructionId != null
                && names.Contains(line.InstructionId.Value))
            .Select(line => line.InstructionId!.Value).ToListAsync(cancel)).ToHashSet();
        var unplaced = await UnplacedAmountsAsync(statement, cancel);
        return [.. open
            .Where(row => !present.Contains(row.InstructionId)
                && !present.Contains(InstructionId.From(row.ObligationId.Value)) && !unplaced.Contains(row.AmountMinor))
            .Select(row => row.InstructionId)];
    }

    private async Task<HashSet<long>> UnplacedAmountsAsync(ImportedStatement statement, CancellationToken cancel)
    {
        if (statement.UnmatchedLines == 0)
        {
            return [];
        }

        var amounts = await db.StatementLines.AsNoTracking()
            .Where(line => line.StatementId == statement.Id && !line.Returned)
            .Where(line => !db.PaymentOrders.Any(
                row => row.InstructionId == line.InstructionId && row.Channel == statement.Channel))
            .Select(line => line.AmountMinor).Distinct().ToListAsync(cancel);
        return [.. amounts];
    }
}
