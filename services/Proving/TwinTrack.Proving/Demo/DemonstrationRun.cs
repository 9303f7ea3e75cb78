using TwinTrack.Cli;
using TwinTrack.Cli.Commands;
using TwinTrack.Cli.Remote;
using TwinTrack.Cli.Showing;
using TwinTrack.Running;

namespace TwinTrack.Proving.Demo;

/// <summary>
/// Runs one world from its start to its totals, in its own folder. The demonstration and scenarios share this code.
/// </summary>
internal static class DemonstrationRun
{
    /// <summary>With a story for the terminal.</summary>
    public static Task<int> RunAsync(DemoOptions options, bool json,
        Func<DemoWorld, CancellationToken, Task<Totals>> play, CancellationToken cancel) =>
        RunAsync(options, json, new Story(json), play, cancel);

    /// <param name="options">The world.</param>
    /// <param name="json">The totals go to standard output.</param>
    /// <param name="story">What happens, for people.</param>
    /// <param name="play">What happens in the world; ends with its totals.</param>
    /// <param name="cancel">Ctrl-C.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(DemoOptions options, bool json, Story story,
        Func<DemoWorld, CancellationToken, Task<Totals>> play, CancellationToken cancel)
    {
        var work = Directory.CreateTempSubdirectory("twintrack-demo-").FullName;
        var holds = false;
        try
        {
            await using var world = new DemoWorld(options, story, work);
            holds = await TellAsync(world, json, play, cancel);
            if (options.Keep)
            {
                await KeepAsync(world, cancel);
            }
        }
        finally
        {
            Clean(options, story, work, holds || cancel.IsCancellationRequested);
        }

        return holds ? ExitCode.Ok : ExitCode.DoesNotHold;
    }

    private static async Task<bool> TellAsync(
        DemoWorld world, bool json, Func<DemoWorld, CancellationToken, Task<Totals>> play, CancellationToken cancel)
    {
        try
        {
            var totals = await play(world, cancel);
            totals.Tell(world.Story);
            if (json)
            {
                Console.Out.WriteLine(totals.ToJson());
            }

            return totals.Hold;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // An expected fault has a clear message. Any other fault is a bug and is shown in full.
            var expected =
                fault is StuckException or DemoFailure or ApiRefusal or HttpRequestException or UsageException
                    or CannotRunException;
            world.Story.Say($"FAILED: {(expected ? fault.Message : fault)}");
            world.Story.Say($"logs are in {world.Work}");
            return false;
        }
    }

    private static async Task KeepAsync(DemoWorld world, CancellationToken cancel)
    {
        var story = world.Story;
        story.Chapter("Left up until Ctrl-C");
        story.Say(
            $"host {world.Host.Address.GetLeftPart(UriPartial.Authority)}, password of every user: {People.Password}; "
                + $"files in {world.Work}");
        story.Say(
            $"export TWINTRACK_HOST={world.Host.Address.GetLeftPart(UriPartial.Authority)} TWINTRACK_USER=auditor "
                + $"TWINTRACK_PASSWORD={People.Password}");
        story.Say(
            $"./twintrack report {world.BatchId}; ./twintrack switch show {world.SwitchId}; ./twintrack audit verify");
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
        }
        catch (OperationCanceledException)
        {
            story.Say("stopped");
        }
    }

    /// <summary>Deletes the files of a successful run. A failed run keeps them, to explain the failure.</summary>
    private static void Clean(DemoOptions options, Story story, string work, bool clean)
    {
        if (options.Keep || !clean)
        {
            story.Say($"files are left in {work}");
        }
        else
        {
            Directory.Delete(work, recursive: true);
        }
    }
}
