using System.Globalization;
using TwinTrack.Simulation;

namespace TwinTrack.EndToEnd.Tests;

/// <summary>A few seeds of the deterministic simulation; ./twintrack simulate takes more (docs/internals/simulation.md).</summary>
public sealed class The_simulation
{
    private const int SeedsInCi = 8;

    /// <summary>Each guard with a seed that misses it soon.</summary>
    private static readonly (string Guard, long Seed)[] Missed =
    [
//MISSED
    ];

    public static TheoryData<string, long> Guards
    {
        get
        {
            var data = new TheoryData<string, long>();
            foreach (var (guard, seed) in Missed)
            {
                data.Add(guard, seed);
            }

            return data;
        }
    }

    [Fact]
    public void Of_whole_cycles_pays_nobody_twice_and_loses_nobody()
    {
        var report = Run(1, SeedsInCi);

        (report.FirstViolation?.Story).Should().BeNull();
        report.Seeds.Should().Be(SeedsInCi);
        report.Switches.Should().BePositive();
        report.Faults.Keys.Should().Contain(["crash", "message lost", "message twice", "answer lost"]);
    }

    [Fact]
    public void Gives_one_history_for_one_seed()
    {
        Run(3, 4).Trace.Should().Be(Run(3, 4).Trace);
        Run(4, 4).Trace.Should().NotBe(Run(3, 3).Trace);
    }

    [Theory]
    [MemberData(nameof(Guards))]
    public void Misses_a_guard_that_is_taken_away(string guard, long seed) => Run(seed, seed, guard).Violations.Should().Be(1);

    [Fact]
    public void Keeps_the_seeds_that_once_failed()
    {
        var seeds = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Corpus", "seeds.txt")).Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => long.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture)).ToList();

        seeds.Should().NotBeEmpty();
        foreach (var seed in seeds)
        {
            (Run(seed, seed).FirstViolation?.Story).Should().BeNull();
        }
    }

    private static SimulationReport Run(long from, long until, string? guardOff = null) =>
        DeterministicSimulation.Run(new SimulationOptions(from, until, GuardOff: guardOff), _ => { }, CancellationToken.None);
}
