using TwinTrack.Cli.Remote;
using TwinTrack.Proving.Demo;

namespace TwinTrack.Proving.Chaos;

/// <summary>A broken invariant.</summary>
/// <param name="Rule">In words.</param>
/// <param name="Cases">What it does not hold for, e.g. obligations; some of them.</param>
internal sealed record Breach(string Rule, IReadOnlyList<string> Cases)
{
    public override string ToString() => $"{Rule}: {string.Join(", ", Cases)}";
}

/// <summary>A rule for one service's tables at rest: a statement that finds violations.</summary>
/// <param name="Sql">
/// Gives the offenders in its first column; an obligation's or instruction's id where there is one.
/// </param>
internal sealed record TableRule(string Service, string Rule, string Sql);

/// <summary>
/// Invariants of a run at rest, whatever happened in it. They check each service's tables, and the tables of two
/// services against each other.
/// </summary>
internal static class Invariants
{
    private const int CasesMax = 5;
    private const string Live = "('Released', 'Sent', 'Accepted', 'InDoubt', 'Settled')";
    private const string Freed = "('Withdrawn', 'Rejected', 'Recalled', 'Returned')";
    private const string NeverSent = "('Queued', 'Withdrawn', 'Refused')";

    /// <summary>Rules that look at one database.</summary>
    public static IEnumerable<TableRule> OfTables =>
    [
        new("payments", "at most one live instruction an obligation",
            $"SELECT obligation_id FROM instructions WHERE state IN {Live} GROUP BY obligation_id HAVING COUNT(*) > 1"),
        new("payments", "a live instruction has its obligation's claim",
            $"SELECT i.obligation_id FROM instructions i "
                + $"LEFT JOIN obligation_claims c ON c.instruction_id = i.id WHERE "
                + $"i.state IN {Live} AND c.obligation_id IS NULL"),
        new("payments", "a claim is held by a live instruction",
            $"SELECT c.obligation_id FROM obligation_claims c LEFT JOIN instructions i ON i.id = c.instruction_id AND "
                + $"i.state IN {Live} WHERE i.id IS NULL"),
        new("payments", "another attempt only after one that evidence freed",
            $"SELECT a.obligation_id FROM instructions b JOIN instructions a ON a.obligation_id = b.obligation_id AND "
                + $"a.generation > b.generation WHERE b.state NOT IN {Freed}"),
        new("payments", "the amount of an instruction is its obligation's",
            "SELECT i.obligation_id FROM instructions i JOIN obligations o ON o.id = i.obligation_id WHERE "
                + "i.amount_minor <> o.amount_minor"),
        new("payments", "nobody of a released batch is in no list",
            "SELECT o.id FROM obligations o JOIN batches b ON b.id = o.batch_id LEFT JOIN obligation_claims c ON "
                + "c.obligation_id = o.id "
            + "WHERE b.state IN ('Released', 'Certified') AND c.obligation_id IS NULL AND o.unpaid_reason IS NULL"),
        new("payments", "every cycle has been taken in", "SELECT id FROM received_cycles WHERE state <> 'Ready'"),
        new("payments", "no batch is still being planned", "SELECT id FROM batches WHERE state = 'Planning'"),
        new("payments", "no incident is open",
            "SELECT obligation_id FROM incidents WHERE state NOT IN ('Recovered', 'WrittenOff', 'Closed')"),
        new("providers", "the journal of a channel has no gap",
            "SELECT channel FROM journal GROUP BY channel HAVING MIN(sequence) <> 1 OR MAX(sequence) <> COUNT(*)"),
        new("providers", "a gate has given out the numbers of its journal, no more and no less",
            "SELECT g.channel FROM gates g WHERE g.last_sequence <> (SELECT COUNT(*) FROM journal j WHERE j.channel = "
                + "g.channel)"),
        new("providers", "nothing leaves without a line in the journal",
            $"SELECT s.obligation_id FROM payment_orders s LEFT JOIN journal j ON j.instruction_id = s.instruction_id "
                + $"WHERE s.state NOT IN {NeverSent} AND j.sequence IS NULL"),
        new("providers", "what has a line in the journal is not called unsent",
            $"SELECT s.obligation_id FROM payment_orders s JOIN journal j ON j.instruction_id = s.instruction_id WHERE "
                + $"s.state IN {NeverSent}"),
        new("providers", "the journal has the amount that was ordered",
            "SELECT s.obligation_id FROM payment_orders s JOIN journal j ON j.instruction_id = s.instruction_id WHERE "
                + "s.amount_minor <> j.amount_minor"),
        new("providers", "no order waits in the queue", "SELECT q.instruction_id FROM queued_orders q"),
        new("routing", "no gate waits for its answer",
            "SELECT code FROM channels WHERE gate NOT IN ('Open', 'Closed')"),
        new("routing", "every switch has ended",
            "SELECT id FROM switches WHERE state NOT IN ('Closed', 'Rejected', 'Withdrawn', 'Expired', 'Voided', "
            + "'Aborted')"),
        new("entitlements", "every cycle is closed",
            "SELECT id FROM cycles WHERE state NOT IN ('Closed', 'Cancelled')"),
        new("reconciliation", "every booking sums to zero",
            "SELECT transaction_id FROM ledger_entries GROUP BY transaction_id, currency HAVING SUM(amount_minor) <> "
                + "0"),
        new("reconciliation", "every statement is matched", "SELECT id FROM statements WHERE state <> 'Matched'"),
        new("reconciliation", "no break is open", "SELECT id FROM breaks WHERE state IN ('Open', 'WriteOffProposed')"),
        .. Tables.Services.Select(
            service => new TableRule(service, $"the outbox of {service} is empty", "SELECT type FROM outbox")),
        .. Tables.Services.Select(service => new TableRule(
            service, $"no job of {service} is held up",
            "SELECT kind FROM jobs WHERE state = 'Running' AND (attempts > 0 OR error IS NOT NULL)")),
    ];

    public static async Task<List<Breach>> CheckAsync(
        Tables tables, IReadOnlyDictionary<Guid, long> booked, CancellationToken cancel)
    {
        var breaches = new List<Breach>();
        foreach (var rule in OfTables)
        {
            Add(breaches, rule.Rule, (await tables.AskAsync(rule.Service, rule.Sql, cancel)).Select(row => row[0]));
        }

        await BordersAsync(tables, breaches, cancel);
        await BooksAsync(tables, booked, breaches, cancel);
        return breaches;
    }

    /// <summary>Every row that one service sent is in the next service's tables.</summary>
    private static async Task BordersAsync(Tables tables, List<Breach> breaches, CancellationToken cancel)
    {
        Task<HashSet<string>> Rows(string service, string sql) => RowsAsync(tables, service, sql, cancel);

        Compare(
            breaches,
            "entitlements are obligations, each with its amount",
            await Rows(
                "entitlements",
                "SELECT e.id, e.amount_minor FROM entitlements e JOIN cycles c ON c.id = e.cycle_id WHERE c.state = "
                    + "'Closed'"),
            await Rows("payments", "SELECT id, amount_minor FROM obligations WHERE remainder_of IS NULL"));
        Compare(
            breaches,
            "live instructions are orders at Providers, with the same amount, channel and state",
            await Rows(
                "payments",
                $"SELECT obligation_id, id, amount_minor, channel, state FROM instructions WHERE state IN {Live}"),
            await Rows(
                "providers",
                "SELECT obligation_id, instruction_id, amount_minor, channel, CASE state WHEN 'Queued' THEN 'Released' "
                    + "ELSE state END FROM payment_orders "
                + "WHERE state IN ('Queued', 'Sent', 'Accepted', 'InDoubt', 'Settled')"));
        Compare(
            breaches,
            "Reconciliation expects of every released instruction what Payments says of it",
            await Rows(
                "payments",
                "SELECT obligation_id, id, channel, state, version FROM instructions WHERE state <> 'Planned' AND NOT "
                    + "(state = 'Withdrawn' AND version <= 1)"),
            await Rows(
                "reconciliation", "SELECT obligation_id, instruction_id, channel, state, version FROM expectations"));
    }

    /// <summary>
    /// Every payment in a provider's ledger is in the journal with its amount. Every settled payment is in a ledger.
    /// </summary>
    private static async Task BooksAsync(Tables tables, IReadOnlyDictionary<Guid, long> booked, List<Breach> breaches,
        CancellationToken cancel)
    {
        var journal = await RowsAsync(tables, "providers", "SELECT instruction_id, amount_minor FROM journal", cancel);
        Add(breaches, "providers paid only what the journal shows, to the amount",
            booked.Select(one => Invariant($"{one.Key:n} {one.Value}")).Where(row => !journal.Contains(row)));
        var settled =
            await tables.AskAsync("payments",
                "SELECT obligation_id, id FROM instructions WHERE state IN ('Settled', 'Returned')", cancel);
        Add(breaches, "what counts as paid is in a provider's book",
            settled.Where(row => !booked.ContainsKey(Guid.ParseExact(row[1], "n"))).Select(row => row[0]));
    }

    private static async Task<HashSet<string>> RowsAsync(
        Tables tables, string service, string sql, CancellationToken cancel) =>
        [.. (await tables.AskAsync(service, sql, cancel)).Select(row => string.Join(' ', row))];

    private static void Compare(List<Breach> breaches, string rule, HashSet<string> left, HashSet<string> right)
    {
        Add(breaches, rule + "; only on the first side", left.Except(right));
        Add(breaches, rule + "; only on the second side", right.Except(left));
    }

    private static void Add(List<Breach> breaches, string rule, IEnumerable<string> offenders)
    {
        var all = offenders.ToList();
        if (all.Count > 0)
        {
            breaches.Add(
                new Breach(Invariant($"{rule} ({all.Count})"),
                    [.. all.Take(CasesMax)]));
        }
    }
}
