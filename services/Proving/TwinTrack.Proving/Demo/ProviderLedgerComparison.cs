using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TwinTrack.Cli.Remote;

namespace TwinTrack.Proving.Demo;

/// <summary>One payment in a provider's ledger.</summary>
/// <param name="Area">P-code of the household.</param>
internal sealed record PaidRow(string Channel, string Area, string FundingSource);

/// <summary>
/// Compares the providers' own ledgers with the amounts due. TwinTrack's payment tables are not used, because they
/// would only confirm themselves. The amounts due come from the entitlements. For the check by payee they come from the
/// demonstration's own registry file. A payment by an attempt that two parties gave up is left out: it is a known loss
/// with a bearer.
/// </summary>
/// <param name="PaidTwice">Obligations whose ledger payments, less returns, exceed the amount due.</param>
/// <param name="PayeesOverpaid">
/// Accounts or registry numbers that were paid more than the registry file and the rule say, or that are unknown.
/// </param>
/// <param name="Strangers">Payments in the ledgers for nothing that was due.</param>
/// <param name="PaidInFull">Obligations that the ledgers show as paid exactly.</param>
/// <param name="Lost">
/// Obligations not fully paid in the ledgers for which TwinTrack gives neither a reason nor an owner.
/// </param>
internal sealed record ProviderLedgerComparison(
    long PaidTwice, long PayeesOverpaid, long Strangers, long PaidInFull, long Lost)
{
    private const int AskedAtOnce = 8;

    /// <param name="world">Of the demonstration.</param>
    /// <param name="cycles">All that the providers have paid for.</param>
    /// <param name="cancel">Stops.</param>
    public static async Task<ProviderLedgerComparison> CompareAsync(
        DemoWorld world, IReadOnlyCollection<string> cycles, CancellationToken cancel)
    {
        var due = await DueAsync(world, cycles, cancel);
        var paid = new Dictionary<Guid, long>(due.Count);
        var byGroup = new Dictionary<int, long>(due.Count);
        var unknownPayees = 0L;
        await foreach (var row in RowsAsync(world, cancel))
        {
            var net = row.AmountMinor - row.ReturnedMinor;
            if (Guid.TryParseExact(row.Reference, "n", out var attempt) && world.GivenUp.Contains(attempt))
            {
                continue;
            }

            // A payment with an unknown reference counts as a payment for an unknown obligation.
            Add(paid, Guid.TryParseExact(row.EndToEnd, "n", out var obligation) ? obligation : Guid.Empty, net);
            if (world.Registry.GroupOf(row.Payee) is { } group)
            {
                Add(byGroup, group, net);
            }
            else
            {
                unknownPayees++;
            }
        }

        var notInFull = due.Where(owed => paid.GetValueOrDefault(owed.Key) < owed.Value).Select(owed => owed.Key)
            .ToList();
        return new ProviderLedgerComparison(
            PaidTwice: due.Count(owed => paid.GetValueOrDefault(owed.Key) > owed.Value),
            PayeesOverpaid: unknownPayees
                + byGroup.Count(got => got.Value > world.Registry.DueOf(got.Key) * cycles.Count),
            Strangers: paid.Keys.Count(id => !due.ContainsKey(id)),
            PaidInFull: due.Count(owed => paid.GetValueOrDefault(owed.Key) == owed.Value),
            Lost: await LostAsync(world, notInFull, cancel));
    }

    /// <summary>What all providers have paid by instruction, money that came back later included.</summary>
    public static async Task<Dictionary<Guid, long>> PaidAsync(DemoWorld world, CancellationToken cancel)
    {
        var paid = new Dictionary<Guid, long>();
        await foreach (var row in RowsAsync(world, cancel))
        {
            Add(paid, Guid.TryParseExact(row.Reference, "n", out var instruction) ? instruction : Guid.Empty,
                row.AmountMinor);
        }

        return paid;
    }

    /// <summary>
    /// Every payment that the ledgers show as paid and not sent back, with its channel and what it was due for.
    /// </summary>
    public static async Task<List<PaidRow>> PaidByAsync(DemoWorld world, CancellationToken cancel)
    {
        var due = new Dictionary<Guid, (string Area, string Source)>();
        await foreach (var row in world.People.Auditor.PagesAsync(
            $"/entitlements/cycles/{world.CycleId}/entitlements", cancel))
        {
            due.Add(Guid.ParseExact(row.Require("id")["ent_".Length..], "n"),
                (row.Require("area"), row.Require("fundingSource")));
        }

        var paid = new List<PaidRow>(due.Count);
        await foreach (var row in RowsAsync(world, cancel))
        {
            if (row.AmountMinor > row.ReturnedMinor && Guid.TryParseExact(row.EndToEnd, "n", out var id)
                && due.TryGetValue(id, out var known))
            {
                paid.Add(new PaidRow(row.Channel, known.Area, known.Source));
            }
        }

        return paid;
    }

    private static async IAsyncEnumerable<(string Channel, string Reference, string EndToEnd, string Payee,
        long AmountMinor, long ReturnedMinor)> RowsAsync(
        DemoWorld world, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var simulator in world.Simulators)
        {
            using var ledger = new StreamReader(await simulator.LedgerAsync(cancel));
            var columns = (await ledger.ReadLineAsync(cancel) ?? "").Split(',');
            int Column(string name) => Array.IndexOf(columns, name);
            while (await ledger.ReadLineAsync(cancel) is { Length: > 0 } line)
            {
                var cells = line.Split(',');
                yield return (
                    simulator.Channel, cells[Column("reference")], cells[Column("endToEnd")], cells[Column("payee")],
                    Minor(cells[Column("amountMinor")]), Minor(cells[Column("returnedMinor")]));
            }
        }
    }

    private static async Task<Dictionary<Guid, long>> DueAsync(
        DemoWorld world, IReadOnlyCollection<string> cycles, CancellationToken cancel)
    {
        var due = new Dictionary<Guid, long>();
        foreach (var cycle in cycles)
        {
            await foreach (var row in world.People.Auditor.PagesAsync(
                $"/entitlements/cycles/{cycle}/entitlements", cancel))
            {
                due.Add(Guid.ParseExact(row.Require("id")["ent_".Length..], "n"), row.Number("amountMinor"));
            }
        }

        return due;
    }

    /// <summary>
    /// Reads the history of each. An obligation that is unpaid with a reason, or in doubt, is not lost.
    /// </summary>
    private static async Task<long> LostAsync(DemoWorld world, List<Guid> unpaid, CancellationToken cancel)
    {
        var lost = 0L;
        await Parallel.ForEachAsync(
            unpaid,
            new ParallelOptions { MaxDegreeOfParallelism = AskedAtOnce, CancellationToken = cancel },
            async (id, stop) =>
            {
                var story = await world.People.Auditor.GetAsync($"/payments/payments/obl_{id:n}", stop);
                var accounted = story.Text("status") == "InDoubt"
                    || (story.Text("status") == "Unpaid" && !string.IsNullOrEmpty(story.Text("unpaidReason")));
                if (!accounted)
                {
                    Interlocked.Increment(ref lost);
                }
            });
        return lost;
    }

    private static void Add<TKey>(Dictionary<TKey, long> sums, TKey key, long amount)
        where TKey : notnull => CollectionsMarshal.GetValueRefOrAddDefault(sums, key, out _) += amount;

    private static long Minor(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
