using Microsoft.EntityFrameworkCore;
using TwinTrack.Routing.Domain.Rules;

namespace TwinTrack.Routing.Persistence;

/// <summary>The rules as last read. Every reader checks for newer rows, and reads the rules again only then.</summary>
internal sealed class RuleQuery
{
    private volatile Copy? _copy;

    public async Task<RuleSet> RulesAsync(RoutingDb db, CancellationToken cancel)
    {
        var number = await db.Rules.MaxAsync(row => (long?)row.Number, cancel) ?? 0;
        if (_copy is { } copy && copy.Number == number)
        {
            return copy.Rules;
        }

        var rows = await db.Rules.AsNoTracking().Where(row => row.Number <= number).ToListAsync(cancel);
        var rules = new RuleSet(InForce(rows).Select(row => row.Read()));
        _copy = new Copy(number, rules);
        return rules;
    }

    public static IEnumerable<RuleRow> InForce(IEnumerable<RuleRow> rows) =>
        rows.GroupBy(row => (row.Kind, row.RuleId)).Select(versions => versions.MaxBy(row => row.Version)!)
            .Where(row => !row.Ended);

    private sealed record Copy(long Number, RuleSet Rules);
}
