using System.Text.Json;
using TwinTrack.Cli.Remote;
using TwinTrack.Cli.Showing;

namespace TwinTrack.Proving.Demo;

/// <summary>What one operator may do alone: suspend a whole track for the programme, and end that.</summary>
internal static class TrackSuspension
{
    private const string Path = "/routing/suspensions";

    /// <summary>Waits until each channel of the track has proved that nothing more of the scope leaves.</summary>
    /// <param name="world">Of the run.</param>
    /// <param name="areas">P-codes; empty means all.</param>
    /// <param name="track">1 government, 2 aligned.</param>
    /// <param name="because">For the record.</param>
    /// <param name="cancel">Stops waiting.</param>
    public static async Task BeginAsync(
        DemoWorld world, string[] areas, int track, string because, CancellationToken cancel)
    {
        var id = (await world.People.Operator.PostAsync(
            Path, new { track, programme = Rule.Programme, areas, reason = because }, cancel)).Text("id");
        var proved = await Waiting.UntilAsync(
            "each channel to prove the suspension",
            () => world.People.Operator.GetAsync($"{Path}/{id}", cancel),
            seen => seen.At("isProved") is { ValueKind: JsonValueKind.True },
            seen => seen.List("channels").Count(channel => channel.At("provedAt") is not null),
            cancel);
        var proofs = proved.List("channels")
            .Select(channel => $"{channel.Text("channel")} {Story.Number(channel.Number("lastSequence"))}");
        world.Story.Say($"proved: nothing that it covers leaves after {string.Join(", ", proofs)}");
    }

    /// <summary>Waits until no payment waits for a suspension any more.</summary>
    public static async Task EndAllAsync(DemoWorld world, string because, CancellationToken cancel)
    {
        var inForce = await world.People.Operator.GetAsync($"{Path}?inForce=true", cancel);
        foreach (var suspension in inForce.List("items"))
        {
            await world.People.Operator.PostAsync(
                $"{Path}/{suspension.Text("id")}/end", new { reason = because }, cancel);
        }

        await Waiting.UntilAsync(
            "the payments that waited to leave", () => world.ReportAsync(cancel), seen => Suspended(seen) == 0,
            seen => Suspended(seen), cancel);
    }

    private static long Suspended(JsonElement report) => Totals.UnpaidOf(report)
        .Where(row => row.Reason.StartsWith("no_channel: suspended", StringComparison.Ordinal))
        .Sum(row => row.Sum.Count);
}
