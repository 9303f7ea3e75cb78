using System.Text.Json;
using TwinTrack.Cli.Remote;
using TwinTrack.Cli.Showing;

namespace TwinTrack.Cli.Demo;

/// <summary>Track 1 is suspended in the middle: pause, rehearse, vote, fence, recall, move; the partner pays what is proved free.</summary>
internal static class SuspensionChapter
{
    public static async Task RunAsync(DemoWorld world, CancellationToken cancel)
    {
        var (people, story) = (world.People, world.Story);
        world.Chapter("3  Track 1 is suspended: the rest of the cycle goes over Track 2, by vote and by evidence");
        await SwitchSteps.GatesAsync(people, Tracks.NationalCodes, open: false, "Treasury suspends payments", cancel);
        var channels = await people.Operator.GetAsync("/routing/channels", cancel);
        var proofs = channels.List("items").Where(channel => channel.Number("track") == 1).Select(channel => $"{channel.Text("code")} {Story.Number(channel.Number("lastSequence"))}");
        story.Say($"the operator pauses three channels; proved: nothing leaves after {string.Join(", ", proofs)}");

        var rehearsed = await SwitchSteps.RehearseAsync(people, world.CycleId, Tracks.NationalCodes, 2, "funds_suspended", cancel);
        world.SwitchId = rehearsed.Require("id");
        var rehearsal = rehearsed.At("rehearsal")!.Value;
        story.Say($"rehearsed: {Dispositions(rehearsal)}");
        story.Say($"Track 2 can reach {Story.Number(rehearsal.List("target").Sum(row => row.Number("count")))}, and not {Story.Number(rehearsal.List("unreachable").Sum(row => row.Number("count")))}"
            + $" ({string.Join("; ", rehearsal.List("unreachable").Select(row => row.Text("why")!.Split(" for ")[0]).Distinct())})");
        await SwitchSteps.VoteAsync(people, rehearsed, cancel);
        await SwitchSteps.UntilAsync(people, world.SwitchId, cancel, "Moving", "Paying", "Watching");
        await world.Options.At(DemoMoment.MoveUnderWay, world.Host, cancel);
        var moved = await SwitchSteps.UntilAsync(people, world.SwitchId, cancel, "Paying", "Watching");
        story.Say($"government and partner vote for the rehearsed hash; fenced under epoch {moved.List("channels").Max(channel => channel.Number("epoch"))}, "
            + $"{Story.Number(moved.List("channels").Sum(channel => channel.Number("withdrawn")))} withdrawn unsent, "
            + $"{Story.Number(moved.List("channels").Sum(channel => channel.Number("recallsAsked")))} recalls asked for");

        var paid = await story.ProgressAsync("The partner pays", report => QuietAsync(world, report, cancel));
        story.Say($"the partner has paid {Story.Number(Settled(paid, 2).Count)}; Track 1 had paid {Story.Number(Settled(paid, 1).Count)}; "
            + $"{Story.Number(paid.At("inDoubt")?.Number("count") ?? 0)} without an answer wait: nobody is paid again on silence");
    }

    /// <summary>Waits until nothing is under way and nothing more is being moved; what is in doubt may stay so.</summary>
    public static async Task<JsonElement> QuietAsync(DemoWorld world, Action<long, long> report, CancellationToken cancel)
    {
        const int QuietLooks = 3;
        var quiet = 0;
        return await Waiting.UntilAsync(
            "the payments to come to rest",
            async () =>
            {
                var seen = await world.ReportAsync(cancel);
                var moving = (await world.People.Operator.GetAsync($"/routing/switches/{world.SwitchId}", cancel)).At("progress");
                var busy = seen.At("underWay")!.Value.Number("count") + (moving?.At("waitingToMove")?.Number("count") ?? 0);
                quiet = busy == 0 ? quiet + 1 : 0;
                report(world.Obligations - busy, world.Obligations);
                return seen;
            },
            _ => quiet >= QuietLooks,
            seen => (seen.At("underWay")!.Value.Number("count"), seen.At("inDoubt")!.Value.Number("count"), Settled(seen, 2).Count, Settled(seen, 1).Count, quiet),
            cancel);
    }

    public static (long Count, long Minor) Settled(JsonElement report, int track)
    {
        var row = report.List("settled").FirstOrDefault(settled => settled.Number("track") == track);
        return (row.Number("count"), row.Number("minor"));
    }

    private static string Dispositions(JsonElement rehearsal) => string.Join(
        ", ", rehearsal.List("byDisposition").Select(row => $"{Story.Number(row.Number("count"))} {row.Text("disposition")!.Replace('_', ' ')}"));
}
