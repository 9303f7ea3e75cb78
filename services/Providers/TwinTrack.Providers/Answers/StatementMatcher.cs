using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Answers;

/// <summary>Which order a statement's line speaks of, and which orders a whole statement does not speak of.</summary>
internal sealed class StatementMatcher(ProvidersDb db)
{
    /// <summary>
    /// Lines by place with their order: by our reference of the order, or, where a bank carries only the end-to-end reference, by the obligation, if
    /// exactly one order for it ever left over this channel.
    /// </summary>
    public async Task<Dictionary<int, InstructionId>> MatchAsync(string channel, IReadOnlyList<ImportedLine> lines, CancellationToken cancel)
    {
        var named = lines.Select(line => line.InstructionId).OfType<InstructionId>().Distinct().ToList();
        var direct = (await db.Submissions.AsNoTracking().Where(row => named.Contains(row.InstructionId) && row.Channel == channel)
            .Select(row => row.InstructionId).ToListAsync(cancel)).ToHashSet();
        var obligations = named.Where(id => !direct.Contains(id)).Select(id => ObligationId.From(id.Value)).ToList();
        var sent = await db.Submissions.AsNoTracking()
            .Where(row => obligations.Contains(row.ObligationId) && row.Channel == channel && row.Sequence != null)
            .Select(row => new { row.ObligationId, row.InstructionId }).ToListAsync(cancel);
        var single = sent.GroupBy(row => row.ObligationId).Where(group => group.Count() == 1)
            .ToDictionary(group => InstructionId.From(group.Key.Value), group => group.Single().InstructionId);
        var ours = new Dictionary<int, InstructionId>();
        foreach (var line in lines)
        {
            if (line.InstructionId is not { } id)
            {
                continue;
            }

            if (direct.Contains(id))
            {
                ours.Add(line.Place, id);
            }
            else if (single.TryGetValue(id, out var order))
            {
                ours.Add(line.Place, order);
            }
        }

        return ours;
    }

    /// <summary>
    /// Orders of these units without a final word that the statement does not name, by order or by obligation. While a payment stands in it that nobody can
    /// place, an order of that very amount may be the one: it is not taken to be absent.
    /// </summary>
    public async Task<List<InstructionId>> AbsentAsync(ImportedStatement statement, IReadOnlyList<string> units, CancellationToken cancel)
    {
        var references = units.ToList();
        var openStates = SubmissionLifecycle.Open.ToList();
        var open = await db.Submissions.AsNoTracking()
            .Where(row => row.UnitReference != null && references.Contains(row.UnitReference) && openStates.Contains(row.State))
            .Select(row => new { row.InstructionId, row.ObligationId, row.AmountMinor }).ToListAsync(cancel);
        var names = open.Select(row => row.InstructionId).Concat(open.Select(row => InstructionId.From(row.ObligationId.Value))).Distinct().ToList();
        var present = (await db.StatementLines.AsNoTracking()
            .Where(line => line.StatementId == statement.Id && line.InstructionId != null && names.Contains(line.InstructionId.Value))
            .Select(line => line.InstructionId!.Value).ToListAsync(cancel)).ToHashSet();
        var unplaced = await UnplacedAmountsAsync(statement, cancel);
        return [.. open
            .Where(row => !present.Contains(row.InstructionId) && !present.Contains(InstructionId.From(row.ObligationId.Value)) && !unplaced.Contains(row.AmountMinor))
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
            .Where(line => !db.Submissions.Any(row => row.InstructionId == line.InstructionId && row.Channel == statement.Channel))
            .Select(line => line.AmountMinor).Distinct().ToListAsync(cancel);
        return [.. amounts];
    }
}
