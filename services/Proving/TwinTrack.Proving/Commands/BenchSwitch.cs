using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using TwinTrack.Cli;
using TwinTrack.Cli.Remote;
using TwinTrack.Cli.Showing;
using TwinTrack.Proving.Bench;
using TwinTrack.Proving.Demo;

namespace TwinTrack.Proving.Commands;

/// <summary>bench switch: how long a fence, a rehearsal and a move take while a whole batch waits to be sent.</summary>
internal static class BenchSwitch
{
    private static readonly Option<int> Payments = new("--payments")
    {
        Description = "Payments in the batch, about, 1,000 to 1,000,000.",
        DefaultValueFactory = static _ => 200_000,
    };

    public static Command Build()
    {
        Payments.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int>() is < 1_000 or > 1_000_000)
            {
                result.AddError("--payments takes 1,000 to 1,000,000.");
            }
        });
        var command =
            new Command(
                "switch",
                "Measure fence, rehearsal and move of a batch that has hardly begun to be sent; everything in one "
                    + "process on SQLite.") { Payments };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var json = parsed.GetValue(RemoteOptions.Json);
        var story = new Story(json);
        var work = Directory.CreateTempSubdirectory("twintrack-bench-").FullName;
        try
        {
            var households = (int)(parsed.GetValue(Payments) / SwitchRun.PaymentsOfAHousehold);
            var options =
                new DemoOptions(households, Seed: 1, Keep: false)
                {
                    Faults = DemoChannels.NoFaults,
                    Paces = SwitchRun.Slow
                };
            await using var world = new DemoWorld(options, story, work);
            var measured = await SwitchRun.MeasureAsync(world, cancel);
            story.Chapter("Measured");
            story.Say(
                string.Create(CultureInfo.InvariantCulture,
                    $"fence: proved {measured.FenceSeconds:0.00} s after the command, while {measured.Queued:N0} "
                        + $"payments waited to be sent"));
            story.Say(
                Invariant($"rehearsed: {measured.Obligations:N0} payments in {measured.RehearsedSeconds:0.0} s"));
            story.Say(
                string.Create(CultureInfo.InvariantCulture,
                    $"moved: {measured.Moved:N0} payments in {measured.MovedSeconds:0.0} s after the vote "
                        + $"({measured.Steps})"));
            story.Say(
                string.Create(CultureInfo.InvariantCulture,
                    $"processor time for it, providers included: {measured.ProcessorSeconds:0.0} s, "
                        + $"{1_000 * measured.ProcessorSeconds / measured.Moved:0.000} ms a payment"));
            if (json)
            {
                Console.Out.WriteLine(JsonSerializer.Serialize(measured, JsonSerializerOptions.Web));
            }

            return ExitCode.Ok;
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }
}
