using System.Text.Json;
using TwinTrack.Cli.Remote;

namespace TwinTrack.Proving.Demo;

/// <summary>Waits until nothing is under way and nothing more is being moved; what is in doubt may stay so.</summary>
internal static class QuietCycle
{
    private const int QuietLooks = 3;

    /// <param name="world">Of the run.</param>
    /// <param name="report">Told how far it is.</param>
    /// <param name="cancel">Stops waiting.</param>
    /// <param name="since">
    /// A switch's count from before this time does not include the latest actions, so it is ignored. Null accepts the
    /// latest count.
    /// </param>
    public static async Task<JsonElement> UntilAsync(
        DemoWorld world, Action<long, long> report, CancellationToken cancel, DateTimeOffset? since = null)
    {
        var quiet = 0;
        return await Waiting.UntilAsync(
            "the payments to come to rest",
            async () =>
            {
                var seen = await world.ReportAsync(cancel);
                var busy = seen.At("underWay")!.Value.Number("count") + await BeingMovedAsync(world, since, cancel);
                quiet = busy == 0 ? quiet + 1 : 0;
                report(world.Obligations - busy, world.Obligations);
                return seen;
            },
            _ => quiet >= QuietLooks,
            seen => (seen.At("underWay")!.Value.Number("count"), seen.At("inDoubt")!.Value.Number("count"),
                Settled(seen, 2).Count, Settled(seen, 1).Count, quiet),
            cancel);
    }

    public static (long Count, long Minor) Settled(JsonElement report, int track)
    {
        var row = report.List("settled").FirstOrDefault(settled => settled.Number("track") == track);
        return (row.Number("count"), row.Number("minor"));
    }

    /// <summary>Freed, reachable, and not instructed again yet, by any switch of the cycle.</summary>
    private static async Task<long> BeingMovedAsync(DemoWorld world, DateTimeOffset? since, CancellationToken cancel)
    {
        var waiting = 0L;
        foreach (var id in world.Switches)
        {
            var seen = await world.People.Operator.GetAsync($"/routing/switches/{id}", cancel);
            var progress = seen.At("progress");
            var stale = since is not null && !(progress?.At("at")?.GetDateTimeOffset() >= since);
            waiting += seen.Text("state") == "Closed"
                ? 0 : stale ? 1 : progress?.At("waitingToMove")?.Number("count") ?? 0;
        }

        return waiting;
    }
}
