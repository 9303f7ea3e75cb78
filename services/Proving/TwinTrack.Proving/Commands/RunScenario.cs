using System.CommandLine;
using TwinTrack.Cli;
using TwinTrack.Cli.Remote;
using TwinTrack.Cli.Showing;
using TwinTrack.Proving.Demo;
using TwinTrack.Proving.Scenarios;
using TwinTrack.Proving.Scenarios.Language;

namespace TwinTrack.Proving.Commands;

/// <summary>scenario: a disruption written down in plain lines, and run in a world of its own.</summary>
internal static class RunScenario
{
    /// <summary>Much of a run is waiting, so the second costs little time.</summary>
    private const int AtOnce = 2;

    private static readonly Argument<string> What = new(
        "scenario")
    { Description = "A shipped scenario's name, or a file." };

    private static readonly Argument<string[]> Several = new("scenarios")
    {
        Description = "Names of shipped scenarios, or files. Several run in one process, two at a time.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<bool> Keep = new(
        "--keep")
    { Description = "Keep the host running at the end, until Ctrl-C, and print its address." };

    public static Command Build()
    {
        var run =
            new Command("run", "Run scenarios; exit code 1 if a sum or an expectation does not hold.")
            { Several, Keep };
        run.SetAction(
            static (parsed, cancel) => RunAsync(
                parsed.GetRequiredValue(Several), parsed.GetValue(Keep), parsed.GetValue(RemoteOptions.Json), cancel));
        var list = new Command("list", "The scenarios that are shipped.");
        list.SetAction(static _ => List());
        var check = new Command("check", "Read a scenario and print its faults without running it.") { What };
        check.SetAction(static parsed => Check(parsed.GetRequiredValue(What)));
        return new Command("scenario", "Disruptions as text files: docs/using/scenarios.md.") { run, list,
            check };
    }

    private static async Task<int> RunAsync(string[] what, bool keep, bool json, CancellationToken cancel)
    {
        var scenarios = Array.ConvertAll(what, Read).OfType<Scenario>().ToList();
        if (scenarios.Count < what.Length)
        {
            return ExitCode.Refused;
        }

        if (scenarios is [var only])
        {
            return await DemonstrationRun.RunAsync(
                ScenarioWorld.Options(only, keep), json, (world, stop) => ScenarioRun.RunAsync(only, world, stop),
                cancel);
        }

        if (keep)
        {
            throw new UsageException($"--keep keeps one host: name one scenario, not {scenarios.Count}.");
        }

        var worst = ExitCode.Ok;
        await Parallel.ForEachAsync(
            scenarios, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel },
            async (scenario, stop) =>
            {
                var code = await RunInsideAsync(scenario, json, stop);
                Interlocked.CompareExchange(ref worst, code, ExitCode.Ok);
            });
        return worst;
    }

    /// <summary>One of several, in this process. Its story is printed at its end, so that two do not mix.</summary>
    private static async Task<int> RunInsideAsync(Scenario scenario, bool json, CancellationToken cancel)
    {
        using var lines = new StringWriter();
        try
        {
            return await DemonstrationRun.RunAsync(
                ScenarioWorld.Options(scenario, keep: false).Inside(), json, new Story(lines),
                (world, stop) => ScenarioRun.RunAsync(scenario, world, stop), cancel);
        }
        finally
        {
            await (json ? Console.Error : Console.Out).WriteAsync(lines.ToString());
        }
    }

    private static int List()
    {
        foreach (var name in ShippedScenarios.Names)
        {
            Console.Out.WriteLine($"{name,-22} {ShippedScenarios.TitleOf(name)}");
        }

        return ExitCode.Ok;
    }

    private static int Check(string what)
    {
        if (Read(what) is not { } scenario)
        {
            return ExitCode.Refused;
        }

        Console.Out.WriteLine(
            $"{scenario.Name}: {scenario.Lines.Count} steps, of which "
                + $"{scenario.Lines.Count(line => line.Step is Expectation)} expectations.");
        return ExitCode.Ok;
    }

    /// <summary>The scenario; null when it cannot be read, which is told line by line.</summary>
    private static Scenario? Read(string what)
    {
        var (scenario, faults) = ShippedScenarios.Read(what);
        foreach (var fault in faults)
        {
            Console.Error.WriteLine(fault);
        }

        return scenario;
    }
}
