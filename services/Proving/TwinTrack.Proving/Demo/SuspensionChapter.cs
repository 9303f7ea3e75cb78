using TwinTrack.Cli.Remote;
using TwinTrack.Cli.Showing;

namespace TwinTrack.Proving.Demo;

/// <summary>
/// Track 1 is suspended in the middle: pause, rehearse, vote, stop, recall, move; the partner pays what is proved
/// free.
/// </summary>
internal static class SuspensionChapter
{
    public static async Task RunAsync(DemoWorld world, CancellationToken cancel)
    {
        var (people, story) = (world.People, world.Story);
        await Gates.SetAsync(people, DemoChannels.NationalCodes, open: false, "Treasury suspends payments", cancel);
        story.Say(
            $"the operator pauses three channels; proved: nothing leaves after "
                + $"{await Gates.ProofsAsync(people, DemoChannels.NationalCodes, cancel)}");
        await SwitchSteps.MoveAsync(world, new SwitchRequest([], DemoChannels.NationalCodes, 2, "funds_suspended"),
            cancel);
        await world.Options.At(DemoMoment.MoveUnderWay, world.Host, cancel);
        await SwitchSteps.UntilAsync(people, world.SwitchId, cancel, "Paying", "Watching");

        var paid = await story.ProgressAsync(
            "The partner pays", report => QuietCycle.UntilAsync(world, report, cancel));
        story.Say(
            $"the partner has paid {Story.Number(QuietCycle.Settled(paid, 2).Count)}; Track 1 had paid "
                + $"{Story.Number(QuietCycle.Settled(paid, 1).Count)}; "
            + $"{Story.Number(paid.At("inDoubt")?.Number("count") ?? 0)} without an answer wait: nobody is paid again "
                + $"on silence");
    }
}
