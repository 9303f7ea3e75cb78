using TwinTrack.Cli.Commands;
using TwinTrack.Cli.Remote;
using TwinTrack.Cli.Showing;

namespace TwinTrack.Cli.Demo;

/// <summary>The way back: the same governed change in the other direction, and the next cycle is planned over Track 1 again.</summary>
internal static class ReturnChapter
{
    /// <summary>Whether the next cycle's batch is routed over Track 1 alone.</summary>
    public static async Task<bool> RunAsync(DemoWorld world, CancellationToken cancel)
    {
        var (people, story) = (world.People, world.Story);
        world.Chapter("6  Back to Track 1");
        await ReturnAsync(world, cancel);
        world.Period = world.Period.AddMonths(1);
        var cycle = await PaymentChapter.OpenAsync(world, static (_, _) => { }, cancel);
        await CycleClose.CloseAsync(people.Manager, cycle.Require("id"), cancel);
        var batch = await BatchCreate.CreateAsync(people.Manager, cycle.Require("id"), static (_, _) => { }, cancel);
        story.Say($"both parties vote the return; the next cycle's batch would go by {PaymentChapter.Routes(batch)}");
        return batch.List("routes").All(route => route.Number("track") == 1);
    }

    /// <summary>Both parties vote the way back, and the national channels are open again.</summary>
    internal static async Task ReturnAsync(DemoWorld world, CancellationToken cancel)
    {
        var people = world.People;
        var rehearsed = await SwitchSteps.RehearseAsync(people, world.CycleId, [Tracks.Partner.Code], 1, "return", cancel);
        await SwitchSteps.VoteAsync(people, rehearsed, cancel);
        await SwitchSteps.CloseAsync(people, rehearsed.Require("id"), cancel);
        await ReopenAsync(people, cancel);
    }

    private static async Task ReopenAsync(People people, CancellationToken cancel)
    {
        var channels = await people.Operator.GetAsync("/routing/channels", cancel);
        var closed = channels.List("items")
            .Where(channel => channel.Text("gate") is not "Open" && channel.Number("track") == 1)
            .Select(channel => channel.Require("code"))
            .ToArray();
        await SwitchSteps.GatesAsync(people, closed, open: true, "Treasury pays again", cancel);
    }
}
