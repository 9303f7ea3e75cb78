using System.Text.Json;
using TwinTrack.Cli.Commands;
using TwinTrack.Cli.Remote;
using TwinTrack.Cli.Showing;

namespace TwinTrack.Proving.Demo;

/// <summary>
/// Answers arrive late; statements settle what was never answered; what they free is moved and paid too.
/// </summary>
internal static class LateAnswersChapter
{
    /// <summary>
    /// Statements are fetched until no statement has decided anything for this time. An order that was never executed
    /// is known only after its validity.
    /// </summary>
    private static readonly TimeSpan RoundsMax = TimeSpan.FromMinutes(2);

    /// <summary>The pause after a round that decided nothing.</summary>
    private static readonly TimeSpan RoundPause = TimeSpan.FromSeconds(1);

    public static async Task<JsonElement> RunAsync(DemoWorld world, CancellationToken cancel)
    {
        var story = world.Story;
        var before = await world.ReportAsync(cancel);
        var after = before;
        var decided = TimeProvider.System.GetTimestamp();
        for (var round = 1; round <= 2 || TimeProvider.System.GetElapsedTime(decided) < RoundsMax; round++)
        {
            var doubts = Doubts(after);
            await SettleLateAsync(world, cancel);
            after = await ImportAllAsync(world, cancel);
            if (Doubts(after) == 0 && after.At("underWay")!.Value.Number("count") == 0 && round > 1)
            {
                break;
            }

            if (Doubts(after) == doubts)
            {
                await Task.Delay(RoundPause, TimeProvider.System, cancel);
            }
            else
            {
                decided = TimeProvider.System.GetTimestamp();
            }
        }

        var moved = after.At("movedByEvidence") ?? default;
        story.Say(
            $"of {Story.Number(Doubts(before))} in doubt {Story.Number(Doubts(after))} are left; moved by evidence: "
                + $"never sent {Story.Number(moved.Number("neverSent"))}, "
            + $"rejected {Story.Number(moved.Number("rejected"))}, recalled {Story.Number(moved.Number("recalled"))}, "
                + $"returned {Story.Number(moved.Number("returned"))}");
        foreach (var id in world.Switches)
        {
            await SwitchSteps.CloseAsync(world.People, id, cancel);
        }

        return await world.ReportAsync(cancel);
    }

    /// <summary>Late orders are paid and answered now. An earlier final statement would be false.</summary>
    private static async Task SettleLateAsync(DemoWorld world, CancellationToken cancel)
    {
        foreach (var simulator in world.Simulators)
        {
            await simulator.SettleLateAsync(cancel);
        }

        await world.Story.ProgressAsync("Late answers", report => QuietCycle.UntilAsync(world, report, cancel));
    }

    /// <summary>
    /// Imports every provider's final statement. Then waits until the obligations that it freed are paid.
    /// </summary>
    public static async Task<JsonElement> ImportAllAsync(DemoWorld world, CancellationToken cancel)
    {
        var (lines, round) = (0L, ++world.StatementRounds);
        foreach (var simulator in world.Simulators)
        {
            if (await simulator.StatementAsync(final: true, cancel) is not { } statement)
            {
                continue;
            }

            var matched = await ReconcileImport.ImportAsync(
                world.People.Reconciler, simulator.Channel, Invariant($"{simulator.Channel}-{round}"),
                () => new MemoryStream(statement), cancel);
            lines += matched.Number("lines");
        }

        var report = await world.Story.ProgressAsync(
            "What statements freed", progress => QuietCycle.UntilAsync(world, progress, cancel));
        if (lines == 0 && round > 1)
        {
            // Only time decides the rest. The next round checks again.
            return report;
        }

        world.Story.Say(
            Invariant(
                $"statements, round {round}: {Story.Number(lines)} lines from {world.Simulators.Count} providers; ")
                + $"{Story.Number(Doubts(report))} still in doubt");
        return report;
    }

    /// <summary>With those that were given up and may still turn out to be paid.</summary>
    private static long Doubts(JsonElement report) => report.At("inDoubt")!.Value.Number("count")
        + (report.At("forced")?.List("attempts").Where(row => row.Text("state") == "Abandoned")
            .Sum(row => row.Number("count")) ?? 0);
}
