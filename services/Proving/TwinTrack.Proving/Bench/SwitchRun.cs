using System.Diagnostics;
using System.Text.Json;
using TwinTrack.Cli.Remote;
using TwinTrack.Proving.Demo;

namespace TwinTrack.Proving.Bench;

/// <param name="Queued">Payments that waited to be sent when the fence was ordered.</param>
/// <param name="FenceSeconds">From the order until the last channel's proof could be read.</param>
/// <param name="RehearsedSeconds">From the order until the rehearsal could be read.</param>
/// <param name="MovedSeconds">
/// From the last vote until every payment that evidence had freed was released on its new channel.
/// </param>
/// <param name="Steps">Seconds in each state on the way.</param>
/// <param name="ProcessorSeconds">Of all processes, from the vote to the end of the move.</param>
internal sealed record SwitchMeasure(
    long Queued, double FenceSeconds, long Obligations, double RehearsedSeconds, long Moved, double MovedSeconds,
    string Steps, double ProcessorSeconds);

/// <summary>One switch of a batch that has hardly begun to be sent.</summary>
internal static class SwitchRun
{
    /// <summary>
    /// Payments per household of the made-up registry: base and top-ups, without bad and duplicate households.
    /// </summary>
    public const double PaymentsOfAHousehold = 1.1;

    /// <summary>So slow that nearly all orders still wait when the gate is fenced.</summary>
    public static ChannelPace Slow(DemoChannel channel, long households) => channel.Track == 1
        ? new ChannelPace(PaymentsPerSecond: 2, UnitMax: 2, AskEverySeconds: 60, InDoubtAfterSeconds: 3_600,
            ValiditySeconds: 36_000)
        : ChannelPace.Unhurried;

    public static async Task<SwitchMeasure> MeasureAsync(DemoWorld world, CancellationToken cancel)
    {
        await world.StartAsync(cancel);
        await PreparationChapter.RunAsync(world, cancel);
        await PaymentChapter.ApproveAsync(world, cancel);
        await PaymentChapter.ReleaseAsync(world, cancel);
        var queued = await world.Story.ProgressAsync("Handing over", report => UntilQueuedAsync(world, report, cancel));

        var clock = Stopwatch.StartNew();
        await Gates.SetAsync(world.People, DemoChannels.NationalCodes, open: false, "bench", cancel);
        var fence = clock.Elapsed;

        clock.Restart();
        var rehearsed = await SwitchSteps.RehearseAsync(
            world.People, world.CycleId, new SwitchRequest([], DemoChannels.NationalCodes, 2, "funds_suspended"),
            cancel);
        var rehearsal = clock.Elapsed;

        var before = ProcessorTime.OfTree(Environment.ProcessId);
        await SwitchSteps.VoteAsync(world.People, rehearsed, cancel);
        var moved = await world.Story.ProgressAsync(
            "Moving", _ => SwitchSteps.UntilAsync(world.People, rehearsed.Require("id"), cancel, "Paying", "Watching"));
        var spent = ProcessorTime.OfTree(Environment.ProcessId) - before;
        var steps =
            moved.List("steps")
                .Select(step => (State: step.Require("state"), At: step.GetProperty("at").GetDateTimeOffset()))
                .ToList();
        var voted = steps.First(step => step.State == "Voted").At;
        return new SwitchMeasure(
            queued,
            fence.TotalSeconds,
            world.Obligations,
            rehearsal.TotalSeconds,
            moved.At("progress")!.Value.List("moved").Sum(row => row.Number("count")),
            (steps.First(step => step.State == "Paying").At - voted).TotalSeconds,
            string.Join(
                ", ", steps.Zip(steps.Skip(1)).Where(pair => pair.First.At >= voted && pair.Second.State != "Watching")
                    .Select(pair =>
                Invariant($"{pair.First.State} {(pair.Second.At - pair.First.At).TotalSeconds:0.0}"))),
            spent);
    }

    /// <summary>Waits until every released payment is queued at Providers, except the few that have left.</summary>
    private static async Task<long> UntilQueuedAsync(
        DemoWorld world, Action<long, long> report, CancellationToken cancel)
    {
        var seen = await Waiting.UntilAsync(
            "the payments to be handed over",
            async () =>
            {
                var channels = (await world.People.Operator.GetAsync("/providers/channels", cancel)).List("items")
                    .Where(channel => channel.Number("track") == 1).ToList();
                var queued = channels.Sum(channel => channel.Number("queued"));
                var arrived = queued + channels.Sum(channel => channel.Number("lastSequence"));
                report(arrived, world.Obligations);
                return (Arrived: arrived, Queued: queued);
            },
            seen => seen.Arrived == world.Obligations,
            seen => seen.Arrived,
            cancel);
        return seen.Queued;
    }
}
