using TwinTrack.Cli.Remote;
using TwinTrack.Proving.Demo;
using TwinTrack.Proving.Scenarios.Language;

namespace TwinTrack.Proving.Scenarios;

/// <summary>
/// The data for expectations: the current batch report, the providers' own ledgers, and, at the end, the sums.
/// </summary>
internal sealed class Facts(DemoWorld world)
{
    /// <summary>Null until the cycle is finished.</summary>
    public Totals? Totals { get; set; }

    /// <summary>The next cycle's routes; null until it is planned.</summary>
    public Routes? Next { get; set; }

    public async Task<long> FindAsync(Expectation expectation, CancellationToken cancel) => expectation switch
    {
        Expectation.Figure figure => Metrics.Of(figure.Metric).Read(await world.ReportAsync(cancel), Totals),
        Expectation.Paid paid => (await ProviderLedgerComparison.PaidByAsync(world, cancel)).Count(
            row => paid.Way.Channels.Contains(row.Channel) && IsMeant(paid, row)),
        Expectation.UnpaidBecause because => Totals.UnpaidOf(await world.ReportAsync(cancel))
            .Where(row => row.Reason.Contains(because.Word, StringComparison.OrdinalIgnoreCase))
            .Sum(row => row.Sum.Count),
        Expectation.NextCycle next => Next!.ByChannel.Where(way => next.Way.Channels.Contains(way.Channel))
            .Sum(way => way.Count),
        _ => throw new ArgumentOutOfRangeException(nameof(expectation), expectation, "Nobody knows where to look."),
    };

    private static bool IsMeant(Expectation.Paid paid, PaidRow row) => paid.Where switch
    {
        PaidWhere.InAreas => paid.Of.Contains(row.Area),
        PaidWhere.OutsideAreas => !paid.Of.Contains(row.Area),
        PaidWhere.FromSource => paid.Of.Contains(row.FundingSource),
        _ => true,
    };
}
