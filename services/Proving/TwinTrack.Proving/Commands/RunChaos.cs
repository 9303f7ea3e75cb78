using System.CommandLine;
using TwinTrack.Cli;
using TwinTrack.Cli.Remote;
using TwinTrack.Cli.Showing;
using TwinTrack.Proving.Chaos;
using TwinTrack.Proving.Demo;
using TwinTrack.Proving.Systems;
using TwinTrack.Running;

namespace TwinTrack.Proving.Commands;

/// <summary>
/// chaos: payment cycles with switches while programs die, connections break, messages come twice and the disk is full;
/// then judges.
/// </summary>
internal static class RunChaos
{
    private static readonly Option<bool> Embedded = new(
        "--embedded")
    {
        Description =
            "Everything in one process on SQLite, instead of services on PostgreSQL and RabbitMQ."
    };

    private static readonly Option<double> Minutes = new(
        "--minutes")
    { Description = "How long faults happen.", DefaultValueFactory = static _ => 10 };

    private static readonly Option<int?> Seed = new(
        "--seed")
    {
        Description =
            "The same seed gives the same faults, registry and provider behaviour. Default: a new seed, printed."
    };

    private static readonly Option<int> Households = new(
        "--households")
    {
        Description = "How many households the registry file holds.",
        DefaultValueFactory = static _ => 300
    };

    private static readonly Option<int> Copies = new(
        "--copies")
    {
        Description = "How many of each service, where it is not --embedded.",
        DefaultValueFactory = static _ => 1
    };

    public static Command Build()
    {
        Minutes.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<double>() is not (> 0 and <= ChaosOptions.MinutesMax))
            {
                result.AddError(Invariant($"--minutes takes more than 0, up to {ChaosOptions.MinutesMax}."));
            }
        });
        Copies.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > StackOptions.CopiesMax)
            {
                result.AddError($"--copies takes 1 to {StackOptions.CopiesMax}.");
            }
        });
        Households.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int>() is < ChaosOptions.HouseholdsMin or > ChaosOptions.HouseholdsMax)
            {
                result.AddError($"--households takes {ChaosOptions.HouseholdsMin} to {ChaosOptions.HouseholdsMax}.");
            }
        });
        var command =
            new Command(
                "chaos", "Run payment cycles while everything fails at random, then check that no one was paid twice "
                    + "and no one lost.")
        {
            Embedded, Minutes, Seed, Households, Copies,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var json = parsed.GetValue(RemoteOptions.Json);
        var story = new Story(json);
        var options =
            new ChaosOptions(parsed.GetValue(Minutes), parsed.GetValue(Seed) ?? Environment.TickCount & 0xFFFFFF,
                parsed.GetValue(Households), parsed.GetValue(Embedded) ? null : parsed.GetValue(Copies));
        var work = Directory.CreateTempSubdirectory("twintrack-chaos-").FullName;
        var holds = false;
        try
        {
            await using ChaosTarget ground = options.Copies is null
                ? EmbeddedChaosTarget.Create(options, story, work) : StackChaosTarget.Create(options, story, work);
            ground.KeepData = true;
            holds = await TellAsync(options, ground, story, work, json, cancel);
            ground.KeepData = !holds && !cancel.IsCancellationRequested;
        }
        finally
        {
            if (holds || cancel.IsCancellationRequested)
            {
                Directory.Delete(work, recursive: true);
            }
            else
            {
                story.Say($"files are left in {work}");
            }
        }

        return holds ? ExitCode.Ok : ExitCode.DoesNotHold;
    }

    private static async Task<bool> TellAsync(
        ChaosOptions options, ChaosTarget ground, Story story, string work, bool json, CancellationToken cancel)
    {
        try
        {
            var totals = await new ChaosRun(options, ground, story).RunAsync(cancel);
            totals.Tell(story);
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
            story.Say($"FAILED: {(expected ? fault.Message : fault)}");
            story.Say(Invariant($"again with --seed {options.Seed}; logs are in {work}"));
            return false;
        }
    }
}
