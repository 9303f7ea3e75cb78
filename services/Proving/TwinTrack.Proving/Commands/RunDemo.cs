using System.CommandLine;
using TwinTrack.Cli.Remote;
using TwinTrack.Proving.Demo;
using TwinTrack.Proving.Systems;
using TwinTrack.Running;

namespace TwinTrack.Proving.Commands;

/// <summary>
/// demo: the whole main job on made-up people and simulated providers, with the national channel suspended in the
/// middle.
/// </summary>
internal static class RunDemo
{
    private static readonly Option<int> Households = new(
        "--households")
    {
        Description = "How many households the registry file holds.",
        DefaultValueFactory = static _ => 20_000
    };

    private static readonly Option<int> Seed = new(
        "--seed")
    {
        Description = "The same seed gives the same registry and the same provider behaviour.",
        DefaultValueFactory = static _ => 1
    };

    private static readonly Option<bool> Keep = new(
        "--keep")
    { Description = "Keep the host running at the end, until Ctrl-C, and print its address." };

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
        var command =
            new Command(
                "demo", "Pay one cycle to made-up people over simulated providers; Track 1 is suspended in the middle "
                    + "and Track 2 pays the rest.")
        {
            Households, Seed, Keep,
        };
        Choice.AddTo(command);
        command.SetAction(
            static (parsed, cancel) => DemonstrationRun.RunAsync(
                OptionsOf(parsed), parsed.GetValue(RemoteOptions.Json), CycleDemo.RunAsync, cancel));
        return command;
    }

    private static DemoOptions OptionsOf(ParseResult parsed)
    {
        var options = new DemoOptions(parsed.GetValue(Households), parsed.GetValue(Seed), parsed.GetValue(Keep));
        return Choice.Of(parsed) is { } copies
            ? options with { System = (work, tell, cancel) => StackIn(work, copies, tell, cancel) } : options;
    }

    private static async Task<IRunningSystem> StackIn(
        string work, int copies, Action<string> tell, CancellationToken cancel)
    {
        if (!OperatingSystem.IsWindows())
        {
            // The servers' accounts must be able to enter the folder. Files in it have their own modes.
            File.SetUnixFileMode(work, File.GetUnixFileMode(work) | UnixFileMode.OtherExecute);
        }

        return await Stack.MakeAsync(
            new StackOptions(Path.Combine(work, "data"), work, FreePort.Next(), copies) { Tell = tell }, cancel);
    }
}
