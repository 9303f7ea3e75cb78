using System.Text.Json;
using TwinTrack.Cli.Remote;
using TwinTrack.Proving.Demo;

namespace TwinTrack.Proving.Scenarios.Language;

/// <summary>A figure that can be expected by name.</summary>
/// <param name="AtEnd">Known only once the cycle is finished.</param>
/// <param name="Read">Off the batch's report and, at the end, the totals.</param>
internal sealed record Metric(string Name, string Meaning, bool AtEnd, Func<JsonElement, Totals?, long> Read);

/// <summary>
/// The figures, as a table. Those at the end come from the providers' own books, the ledger and the certificate.
/// </summary>
internal static class Metrics
{
    public static readonly Metric[] Table =
    [
        Now("obligations", "payments that the cycle owes", static report => Count(report, "obligations")),
        Now("settledTrack1", "paid over Track 1, by the batch's report",
            static report => QuietCycle.Settled(report, 1).Count),
        Now("settledTrack2", "paid over Track 2, by the batch's report",
            static report => QuietCycle.Settled(report, 2).Count),
        Now("underWay", "released or sent, and not final", static report => Count(report, "underWay")),
        Now("inDoubt", "it is not known whether they were paid", static report => Count(report, "inDoubt")),
        Now("unpaid", "not paid, each with a reason",
            static report => Totals.UnpaidOf(report).Sum(row => row.Sum.Count)),
        Now("neverSent", "moved by a switch because they had never been sent",
            static report => Moved(report, "neverSent")),
        Now("rejected", "moved by a switch because the provider had refused them",
            static report => Moved(report, "rejected")),
        Now("recalled", "moved by a switch because the provider had given them back unpaid",
            static report => Moved(report, "recalled")),
        Now("returned", "moved by a switch because the money had come back",
            static report => Moved(report, "returned")),
        Now("heldInDoubt", "not moved by a switch, because they were in doubt",
            static report => report.Number("heldInDoubt")),
        Now("lateSuccess", "payments of heldInDoubt, or of freed attempts, that were paid after all",
            static report => report.Number("lateSuccess")),
        Now("forced", "attempts that two parties gave up without evidence",
            static report => report.At("forced")?.List("attempts").Sum(row => row.Number("count")) ?? 0),
        Now("forcedLoss", "forced attempts that were paid beside another attempt: the bearer's loss",
            static report => report.At("forced")?.At("loss")?.Number("count") ?? 0),
        End("paidTwice", "paid more than was due or to an unknown payee, without attempts that were given up",
            static totals => totals.PaidTwice),
        End("lost", "not paid, not in doubt, and without a reason", static totals => totals.Lost),
        End("ledgerSum", "sum of all ledger accounts, in minor units", static totals => totals.LedgerSum),
        End("breaksOpen", "differences that are not explained", static totals => totals.BreaksOpen),
    ];

    public static Metric Of(string name) => Table.Single(metric => metric.Name == name);

    private static Metric Now(string name, string meaning, Func<JsonElement, long> read) =>
        new(name, meaning, AtEnd: false, (report, _) => read(report));

    private static Metric End(string name, string meaning, Func<Totals, long> read) =>
        new(name, meaning, AtEnd: true, (_, totals) =>
            read(totals ?? throw new InvalidOperationException($"{name} is asked for before the end.")));

    private static long Count(JsonElement report, string name) => report.At(name)?.Number("count") ?? 0;

    private static long Moved(JsonElement report, string name) => report.At("movedByEvidence")?.Number(name) ?? 0;
}
