using TwinTrack.Cli.Commands;
using TwinTrack.Cli.Remote;

namespace TwinTrack.Proving.Demo;

/// <summary>
/// The way back: the same governed change in the other direction, and the next cycle is planned over Track 1 again.
/// </summary>
internal static class ReturnChapter
{
    public static async Task<Routes> RunAsync(DemoWorld world, CancellationToken cancel)
    {
        await ReturnAsync(world, cancel);
        var next = await PlanNextAsync(world, cancel);
        world.Story.Say($"both parties vote the return; the next cycle's batch would go by {next}");
        return next;
    }

    /// <summary>Opens, closes and plans the next month's cycle, and leaves it at that.</summary>
    internal static async Task<Routes> PlanNextAsync(DemoWorld world, CancellationToken cancel)
    {
        world.Period = world.Period.AddMonths(1);
        var cycle = await PaymentChapter.OpenAsync(world, static (_, _) => { }, cancel);
        await CycleClose.CloseAsync(world.People.Manager, cycle.Require("id"), cancel);
        var batch = await BatchCreate.CreateAsync(
            world.People.Manager, cycle.Require("id"), static (_, _) => { }, cancel);
        return Routes.Of(batch);
    }

    /// <summary>The operator opens the national channels, and both parties vote the way back.</summary>
    internal static async Task ReturnAsync(DemoWorld world, CancellationToken cancel)
    {
        var people = world.People;
        await ReopenAsync(people, cancel);
        var rehearsed = await SwitchSteps.RehearseAsync(
            people, world.CycleId, new SwitchRequest([], [DemoChannels.Partner.Code], 1, "return"), cancel);
        await SwitchSteps.VoteAsync(people, rehearsed, cancel);
        await SwitchSteps.CloseAsync(people, rehearsed.Require("id"), cancel);
    }

    private static async Task ReopenAsync(People people, CancellationToken cancel)
    {
        var channels = await people.Operator.GetAsync("/routing/channels", cancel);
        var closed = channels.List("items")
            .Where(channel => channel.Text("gate") is not "Open" && channel.Number("track") == 1)
            .Select(channel => channel.Require("code"))
            .ToArray();
        await Gates.SetAsync(people, closed, open: true, "Treasury pays again", cancel);
    }
}
