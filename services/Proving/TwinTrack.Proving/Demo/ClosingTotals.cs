using System.Text.Json;
using TwinTrack.Cli.Remote;

namespace TwinTrack.Proving.Demo;

/// <summary>The sums at the end of a certified cycle: what must hold, whatever has happened in it.</summary>
internal static class ClosingTotals
{
    /// <param name="world">Of the run.</param>
    /// <param name="report">The batch's, after the last statement.</param>
    /// <param name="certified">What the certificate and the audit chains came to.</param>
    /// <param name="cancel">Stops.</param>
    public static async Task<Totals> TakeAsync(
        DemoWorld world, JsonElement report, Certified certified, CancellationToken cancel)
    {
        var books = await ProviderLedgerComparison.CompareAsync(world, [world.CycleId], cancel);
        var moved = report.At("movedByEvidence") ?? default;
        var totals = new Totals(
            world.Options.Households,
            world.RowsRejected,
            world.Duplicates,
            world.Obligations,
            world.EntitledMinor,
            Rule.Currency,
            CountAndMinor.Of(report.List("settled").FirstOrDefault(row => row.Number("track") == 1)),
            CountAndMinor.Of(report.List("settled").FirstOrDefault(row => row.Number("track") == 2)),
            CountAndMinor.Of(report.At("inDoubt")),
            Totals.UnpaidOf(report).GroupBy(row => row.Reason.Split(" (switch")[0])
                .ToDictionary(group => group.Key, group => group.Sum(row => row.Sum.Count)),
            new MovedByEvidence(moved.Number("neverSent"), moved.Number("rejected"), moved.Number("recalled"),
                moved.Number("returned")),
            report.Number("heldInDoubt"),
            report.Number("lateSuccess"),
            books.PaidTwice + books.Strangers,
            books.Lost,
            certified.LedgerSum,
            certified.BreaksOpen,
            certified.AuditVerified,
            Math.Round(world.Elapsed.TotalSeconds, 1),
            world.Options.Seed,
            []);
        return totals with { Fails = [.. Fails(totals, report, books, world.Registry)] };
    }

    /// <summary>Every sum that must hold, said in words where it does not.</summary>
    private static IEnumerable<string> Fails(
        Totals totals, JsonElement report, ProviderLedgerComparison books, RegistryFacts registry)
    {
        string Differ(string what, long left, long right) =>
            Invariant($"{what}: {left} against {right}");

        var (unpaidCount, unpaidMinor) = (Totals.UnpaidOf(report).Sum(row => row.Sum.Count),
            Totals.UnpaidOf(report).Sum(row => row.Sum.Minor));
        var states = totals.SettledTrack1.Count + totals.SettledTrack2.Count + totals.InDoubt.Count + unpaidCount;
        var minor = totals.SettledTrack1.Minor + totals.SettledTrack2.Minor + totals.InDoubt.Minor + unpaidMinor;
        var settled = totals.SettledTrack1.Count + totals.SettledTrack2.Count;
        (bool Holds, string Fail)[] sums =
        [
            (totals.EntitledMinor == registry.DueMinor,
                Differ("entitlements and what the registry file and the rule say", totals.EntitledMinor,
                    registry.DueMinor)),
            (totals.Obligations == registry.Obligations,
                Differ("obligations and what the registry file says", totals.Obligations, registry.Obligations)),
            (states == totals.Obligations, Differ(
                "settled, in doubt and unpaid together, and obligations", states, totals.Obligations)),
            (minor == totals.EntitledMinor, Differ(
                "their amounts, and the amount entitled", minor, totals.EntitledMinor)),
            (books.PaidInFull == settled, Differ(
                "paid in full in the providers' books, and settled", books.PaidInFull, settled)),
            (books.PayeesOverpaid == 0, Differ(
                "payees who got more than their due, and none", books.PayeesOverpaid, 0)),
            (totals.PaidTwice == 0, Differ("paid twice, and none", totals.PaidTwice, 0)),
            (totals.Lost == 0, Differ("lost, and none", totals.Lost, 0)),
            (totals.LedgerSum == 0, Differ("ledger, and zero", totals.LedgerSum, 0)),
            (totals.BreaksOpen == 0, Differ("open breaks, and none", totals.BreaksOpen, 0)),
            (totals.AuditVerified, "an audit chain is broken"),
        ];
        return sums.Where(sum => !sum.Holds).Select(sum => sum.Fail);
    }
}
