using System.CommandLine;
using TwinTrack.Cli.Demo;
using TwinTrack.Cli.Remote;
using TwinTrack.Cli.Running;
using TwinTrack.Cli.Showing;

namespace TwinTrack.Cli.Commands;

/// <summary>demo: the whole main job on made-up people and simulated providers, with the national channel suspended in the middle.</summary>
internal static class RunDemo
{
    private static readonly Option<int> Households = new("--households") { Description = "How many households the registry file holds.", DefaultValueFactory = static _ => 20_000 };

    private static readonly Option<int> Seed = new("--seed") { Description = "Same seed, same registry and same temper of the providers.", DefaultValueFactory = static _ => 1 };

    private static readonly Option<bool> Keep = new("--keep") { Description = "Leave the host up at the end and say where to look, until Ctrl-C." };

    private static readonly StackChoice Choice = new();

    public static Command Build()
    {
        Households.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int>() is < DemoOptions.HouseholdsMin or > DemoOptions.HouseholdsMax)
            {
                result.AddError($"--households takes {DemoOptions.HouseholdsMin} to {DemoOptions.HouseholdsMax}.");
            }
        });
        var command = new Command("demo", "Pay one cycle to made-up people over simulated providers; Track 1 is suspended in the middle and Track 2 pays the rest.")
        {
            Households, Seed, Keep,
        };
        Choice.AddTo(command);
        command.SetAction(static (parsed, cancel) => RunAsync(OptionsOf(parsed), parsed.GetValue(RemoteOptions.Json), cancel));
        return command;
    }

    private static DemoOptions OptionsOf(ParseResult parsed)
    {
        var options = new DemoOptions(parsed.GetValue(Households), parsed.GetValue(Seed), parsed.GetValue(Keep));
        return Choice.Of(parsed) is { } copies ? options with { System = (work, tell, cancel) => StackIn(work, copies, tell, cancel) } : options;
    }

    private static async Task<IRunningSystem> StackIn(string work, int copies, Action<string> tell, CancellationToken cancel)
    {
        if (!OperatingSystem.IsWindows())
        {
            // The servers' accounts must be able to pass through; what lies in it has its own modes.
            File.SetUnixFileMode(work, File.GetUnixFileMode(work) | UnixFileMode.OtherExecute);
        }

        return await Stack.MakeAsync(new StackOptions(Path.Combine(work, "data"), work, FreePort.Next(), copies) { Tell = tell }, cancel);
    }

    private static async Task<int> RunAsync(DemoOptions options, bool json, CancellationToken cancel)
    {
        var story = new Story(json);
        var work = Directory.CreateTempSubdirectory("twintrack-demo-").FullName;
        var holds = false;
        try
        {
            await using var world = new DemoWorld(options, story, work);
            holds = await TellAsync(world, json, cancel);
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

    private static async Task<bool> TellAsync(DemoWorld world, bool json, CancellationToken cancel)
    {
        try
        {
            var totals = await CycleDemo.RunAsync(world, cancel);
            totals.Tell(world.Story);
            if (json)
            {
                Console.Out.WriteLine(totals.ToJson());
            }

            return totals.Hold;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // What was expected to be able to go wrong speaks for itself; the rest is a bug, told whole.
            var expected = fault is StuckException or DemoFailure or ApiRefusal or HttpRequestException or UsageException;
            world.Story.Say($"FAILED: {(expected ? fault.Message : fault)}");
            world.Story.Say($"logs are in {world.Work}");
            return false;
        }
    }

    private static async Task KeepAsync(DemoWorld world, CancellationToken cancel)
    {
        var story = world.Story;
        story.Chapter("Left up until Ctrl-C");
        story.Say($"host {world.Host.Address.GetLeftPart(UriPartial.Authority)}, password of every user: {People.Password}; files in {world.Work}");
        story.Say($"export TWINTRACK_HOST={world.Host.Address.GetLeftPart(UriPartial.Authority)} TWINTRACK_USER=auditor TWINTRACK_PASSWORD={People.Password}");
        story.Say($"./twintrack report {world.BatchId}; ./twintrack switch show {world.SwitchId}; ./twintrack audit verify");
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
        }
        catch (OperationCanceledException)
        {
            story.Say("stopped");
        }
    }

    /// <summary>A run that held leaves nothing; the files of one that failed are what explains it.</summary>
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
