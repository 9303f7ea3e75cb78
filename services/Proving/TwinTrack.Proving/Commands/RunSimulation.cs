using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using TwinTrack.Cli;
using TwinTrack.Cli.Remote;
using TwinTrack.Cli.Showing;
using TwinTrack.Simulation;

namespace TwinTrack.Proving.Commands;

/// <summary>
/// simulate: the real handlers on a seeded clock, bus and providers; every invariant after every step.
/// </summary>
internal static class RunSimulation
{
    private const long SeedsMax = 10_000_000;
    private const int PaymentsMax = 500;
    private const string EachGuard = "each";

    private static readonly Option<string> Seeds = new(
        "--seeds")
    {
        Description = "First and last seed, e.g. 1-1000, or one seed to replay it.",
        DefaultValueFactory = _ => "1-100"
    };

    private static readonly Option<int> Payments = new(
        "--payments")
    {
        Description = "Obligations in each cycle.",
        DefaultValueFactory = _ => SimulationOptions.PaymentsDefault
    };

    private static readonly Option<string?> GuardOff = new(
        "--guard-off")
    {
        Description =
            "Take one protection away, to see that it is missed; --guards lists them, each takes one after the "
                + "other."
    };

    private static readonly Option<bool> Guards = new(
        "--guards")
    { Description = "List the guards that can be removed." };

    private static readonly Option<bool> History = new("--history") { Description = "Print every step of every seed." };

    public static Command Build()
    {
        var command =
            new Command(
                "simulate",
                "Run whole cycles with switches, faults and crashes, repeatably: the same seed is the same history.")
                { Seeds, Payments, GuardOff, Guards, History };
        command.SetAction(static (parsed, cancel) => Task.FromResult(parsed.GetValue(Guards)
            ? ListGuards(parsed.GetValue(RemoteOptions.Json))
            : Run(Read(parsed), parsed.GetValue(RemoteOptions.Json), cancel)));
        return command;
    }

    private static SimulationOptions Read(ParseResult parsed)
    {
        var words = parsed.GetValue(Seeds)!.Split('-');
        var guard = parsed.GetValue(GuardOff);
        var payments = parsed.GetValue(Payments);
        if (words.Length > 2 || !TryRead(words[0], out var from) || !TryRead(words[^1], out var until) || until < from)
        {
            throw new UsageException($"--seeds takes A-B or one seed, from 0 to {SeedsMax}.");
        }

        if (payments is < 1 or > PaymentsMax)
        {
            throw new UsageException($"--payments takes 1 to {PaymentsMax}.");
        }

        if (guard is not (null or EachGuard) && !GuardList.Names.ContainsKey(guard))
        {
            throw new UsageException($"--guard-off takes one of {string.Join(", ", GuardList.Names.Keys)}.");
        }

        return new SimulationOptions(from, until, payments, guard, parsed.GetValue(History));
    }

    private static bool TryRead(string text, out long seed) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seed) && seed <= SeedsMax;

    private static int ListGuards(bool json)
    {
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(GuardList.Names));
            return ExitCode.Ok;
        }

        foreach (var (name, meaning) in GuardList.Names)
        {
            Console.Out.WriteLine($"{name,-24} {meaning}");
        }

        return ExitCode.Ok;
    }

    private static int Run(SimulationOptions options, bool json, CancellationToken cancel)
    {
        var story = new Story(json);
        if (options.GuardOff == EachGuard)
        {
            var unmissed = DeterministicSimulation.MissEach(options, story.Say, cancel);
            return unmissed.Count == 0 ? ExitCode.Ok : ExitCode.DoesNotHold;
        }

        var report = DeterministicSimulation.Run(options, story.Say, cancel);
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(report, JsonSerializerOptions.Web));
        }
        else
        {
            Show(report, story);
        }

        return report.Violations == 0 ? ExitCode.Ok : ExitCode.DoesNotHold;
    }

    private static void Show(SimulationReport report, Story story)
    {
        string Counts(IReadOnlyDictionary<string, int> counts) =>
            string.Join(
                ", ", counts.Select(one => Invariant($"{one.Key} {one.Value}")));

        story.Say(string.Create(CultureInfo.InvariantCulture,
            $"{report.Seeds} seeds, {report.Steps} steps, {report.Switches} switches, {report.SeedsAMinute:0} seeds a "
                + $"minute, histories {report.Trace[..16]}"));
        story.Say($"faults: {Counts(report.Faults)}");
        story.Say($"evidence: {Counts(report.Evidence)}");
        var missing = report.Arrows.Missing;
        story.Say(
            Invariant($"arrows: {report.Arrows.Reached} of {report.Arrows.Total}")
                + (missing.Count == 0 ? "" : $"; never: {string.Join(", ", missing)}"));
        if (report.FirstViolation is { } first)
        {
            story.Say(Invariant($"seed {first.Seed} violates: {first.Story}"));
        }

        story.Say(Invariant($"violations: {report.Violations}"));
    }
}
