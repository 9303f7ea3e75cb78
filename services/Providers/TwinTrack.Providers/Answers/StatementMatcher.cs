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
    /// Orders of these units that have no final outcome and that no statement of the channel may show. Absence is
    /// judged over all statements since the order was sent, so a payment on any of them counts.
    /// </summary>
    public async Task<List<InstructionId>> AbsentAsync(
        ImportedStatement statement, IReadOnlyList<SentUnit> units, CancellationToken cancel)
    {
        var sentAt = units.ToDictionary(unit => unit.Reference, unit => unit.CreatedAt);
        var references = sentAt.Keys.ToList();
        var openStates = PaymentOrderLifecycle.Open.ToList();
        var open = (await db.PaymentOrders.AsNoTracking()
            .Where(row => row.UnitReference != null && references.Contains(row.UnitReference)
                && openStates.Contains(row.State))
            .Select(row => new { row.InstructionId, row.ObligationId, row.AmountMinor, row.UnitReference })
            .ToListAsync(cancel))
            .ConvertAll(row => new OpenOrder(
                row.InstructionId, row.ObligationId, row.AmountMinor, sentAt[row.UnitReference!]));
        var shown = await ShownAsync(statement, open, sentAt.Values.Min(), cancel);
        return [.. open.Where(order => StatementCoverage.IsAbsent(order, shown)).Select(order => order.Id)];
    }

    private async Task<ShownPayments> ShownAsync(
        ImportedStatement statement, List<OpenOrder> open, DateTimeOffset since, CancellationToken cancel)
    {
        var written = open.Select(order => order.Id)
            .Concat(open.Select(order => InstructionId.From(order.Obligation.Value))).Distinct().ToList();
        var statements = await db.Statements.AsNoTracking()
            .Where(row => row.Channel == statement.Channel && row.CoversUntil >= since)
            .Select(row => new { row.Id, row.CoversUntil, row.UnmatchedLines, row.State }).ToListAsync(cancel);
        var ids = statements.ConvertAll(row => row.Id);
        var named = await db.StatementLines.AsNoTracking()
            .Where(line => ids.Contains(line.StatementId) && line.InstructionId != null
                && written.Contains(line.InstructionId.Value))
            .Select(line => line.InstructionId!.Value).Distinct().ToListAsync(cancel);
        var unplaced = new Dictionary<long, DateTimeOffset>();
        foreach (var one in statements.OrderBy(row => row.CoversUntil))
        {
            // Another statement that is being applied has not counted its unmatched lines yet.
            var counted = one.State == StatementState.Applied || one.Id == statement.Id;
            if (counted && one.UnmatchedLines == 0)
            {
                continue;
            }

            foreach (var minor in await UnplacedAmountsAsync(statement.Channel, one.Id, cancel))
            {
                unplaced[minor] = one.CoversUntil;
            }
        }

        return new ShownPayments(named.ToHashSet(), unplaced);
    }

    private async Task<IEnumerable<long>> UnplacedAmountsAsync(
        string channel, StatementId statement, CancellationToken cancel)
    {
        var lines = await db.StatementLines.AsNoTracking()
            .Where(line => line.StatementId == statement && !line.Returned)
            .Where(line => !db.PaymentOrders.Any(
                row => row.InstructionId == line.InstructionId && row.Channel == channel))
            .Select(line => new { line.InstructionId, line.AmountMinor }).Distinct().ToListAsync(cancel);
        var placed = await names.ResolveAsync(
            channel, lines.Select(line => line.InstructionId).OfType<InstructionId>(), cancel);
        return lines.Where(line => line.InstructionId is not { } id || !placed.ContainsKey(id))
            .Select(line => line.AmountMinor);
    }
}
