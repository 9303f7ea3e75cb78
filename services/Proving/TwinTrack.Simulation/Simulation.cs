using System.Diagnostics;

namespace TwinTrack.Simulation;

/// <param name="From">First seed.</param>
/// <param name="Until">Last seed.</param>
/// <param name="Payments">Obligations in the cycle, 1 to 500.</param>
/// <param name="History">Say every step.</param>
/// <param name="GuardOff">A protection to take away, by its name in <see cref="GuardList"/>; null for none.</param>
public sealed record SimulationOptions(long From, long Until, int Payments = SimulationOptions.PaymentsDefault,
    string? GuardOff = null, bool History = false)
{
    public const int PaymentsDefault = 50;
}

/// <param name="Reached">Arrows of the instruction lifecycle that were gone.</param>
/// <param name="Missing">Those that were not.</param>
public sealed record ArrowsReached(int Reached, int Total, IReadOnlyList<string> Missing);

/// <param name="Story">What happened to the obligation concerned.</param>
public sealed record FirstViolation(long Seed, string Rule, string Story);

/// <summary>What a run of seeds came to.</summary>
/// <param name="Faults">Trouble by kind.</param>
/// <param name="Switches">Changes of track proposed.</param>
/// <param name="Evidence">What providers reported, by outcome, grade and, where it is ours, code.</param>
/// <param name="Trace">SHA-256 over the histories of all seeds: the same seeds have the same one.</param>
/// <param name="SeedsAMinute">Measured, on one thread.</param>
public sealed record SimulationReport(
    long Seeds,
    long Steps,
    long Violations,
    IReadOnlyDictionary<string, int> Faults,
    long Switches,
    ArrowsReached Arrows,
    IReadOnlyDictionary<string, int> Evidence,
    FirstViolation? FirstViolation,
    string Trace,
    double SeedsAMinute);

/// <summary>What the command line calls.</summary>
public static class DeterministicSimulation
{
    /// <summary>Takes each guard away in turn and looks for the first seed that misses it.</summary>
    /// <returns>The guards that no seed misses.</returns>
    public static IReadOnlyList<string> MissEach(
        SimulationOptions options, Action<string> say, CancellationToken cancel)
    {
        using var simulator = new Simulator(options.Payments);
        var unmissed = new List<string>();
        foreach (var guard in GuardList.Names.Keys)
        {
            SeedResult? found = null;
            for (var seed = options.From; seed <= options.Until && found is null
                && !cancel.IsCancellationRequested; seed++)
            {
                var result = simulator.Run(seed, GuardList.Without(guard));
                found = result.Violation is null ? null : result;
            }

            var missed = found is null ? "NOT MISSED" : Invariant($"seed {found.Seed}: {found.Violation}");
            say($"{guard,-24} {missed}");
            if (found is null)
            {
                unmissed.Add(guard);
            }
        }

        return unmissed;
    }

    /// <param name="options">Which seeds.</param>
    /// <param name="say">Called with a line for each violation.</param>
    /// <param name="cancel">Ends between two seeds.</param>
    public static SimulationReport Run(SimulationOptions options, Action<string> say, CancellationToken cancel)
    {
        using var simulator = new Simulator(options.Payments);
        var totals = new Totals();
        var begun = Stopwatch.GetTimestamp();
        for (var seed = options.From; seed <= options.Until && !cancel.IsCancellationRequested; seed++)
        {
            var result = simulator.Run(seed, GuardList.Without(options.GuardOff));
            totals.Add(result);
            if (options.History)
            {
                result.World.Trace.ForEach(say);
            }

            if (result.Violation is not null)
            {
                say(Invariant($"seed {seed}: {result.Violation}"));
                if (options.GuardOff is not null)
                {
                    break;
                }
            }
        }

        return totals.Report(Stopwatch.GetElapsedTime(begun));
    }
}
