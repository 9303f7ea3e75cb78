using TwinTrack.Cli.Showing;
using TwinTrack.Proving.Demo;

namespace TwinTrack.Proving.Chaos;

/// <summary>
/// What people do during the faults. They run one payment cycle after another. Each is suspended in its middle, moved
/// to Track 2, certified, and returned.
/// </summary>
internal sealed class ChaosScript(DemoWorld world, Story story)
{
    private readonly List<string> _cycles = [];

    /// <summary>The cycles that were paid.</summary>
    public IReadOnlyList<string> Cycles => _cycles;

    /// <summary>Obligations of all of them.</summary>
    public long Payments { get; private set; }

    /// <summary>Settled, by the batches' own reports.</summary>
    public long Settled { get; private set; }

    /// <summary>The cycle that is being paid, for a failure's story.</summary>
    public string Now => Invariant($"cycle {world.Period:yyyy-MM}, batch {world.BatchId}, switch {world.SwitchId}");

    /// <summary>Goes on with new cycles until it is told to end, and brings the last one to its certificate.</summary>
    public async Task RunAsync(CancellationToken end, CancellationToken cancel)
    {
        do
        {
            await PayAsync(cancel);
            await ReturnChapter.ReturnAsync(world, cancel);
            world.Period = world.Period.AddMonths(1);
        }
        while (!end.IsCancellationRequested);
    }

    private async Task PayAsync(CancellationToken cancel)
    {
        await PaymentChapter.RunAsync(world, cancel);
        await SuspensionChapter.RunAsync(world, cancel);
        await LateAnswersChapter.RunAsync(world, cancel);
        await CertificateChapter.RunAsync(world, cancel);
        var report = await world.ReportAsync(cancel);
        var (first, second) = (QuietCycle.Settled(report, 1).Count, QuietCycle.Settled(report, 2).Count);
        _cycles.Add(world.CycleId);
        Payments += world.Obligations;
        Settled += first + second;
        story.Say(
            Invariant($"cycle {world.Period:yyyy-MM} certified: {Story.Number(world.Obligations)} payments, ")
                + $"{Story.Number(first)} over Track 1, {Story.Number(second)} over Track 2");
    }
}
