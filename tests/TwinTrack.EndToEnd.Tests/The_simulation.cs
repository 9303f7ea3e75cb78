using System.Globalization;
using TwinTrack.Simulation;

namespace TwinTrack.EndToEnd.Tests;

/// <summary>
/// A few seeds of the deterministic simulation; ./twintrack simulate takes more (docs/internals/simulation.md).
/// </summary>
public sealed class The_simulation
{
    private const int SeedsInCi = 8;

    /// <summary>For single seeds: the host is the costly part.</summary>
    private static readonly Lazy<Simulator> One = new(() => new Simulator(SimulationOptions.PaymentsDefault));

    /// <summary>
    /// A code change gives every seed a new history. If a seed no longer detects the missing guard, this many further
    /// seeds are tried.
    /// </summary>
    private const int SeedsMore = 200;

    /// <summary>Each guard with a seed that has missed it.</summary>
    private static readonly (string Guard, long Seed)[] Missed =
    [
        ("acknowledge-after-commit", 14),
        ("claim", 1),
        ("deduplication", 12),
        ("epoch", 1),
        ("gate-lock", 4),
        ("given-up-is-heard", 7),
        ("in-doubt-stays", 1),
        ("journal-first", 33),
        ("late-success", 5),
        ("not-found-is-no-failure", 1),
        ("promise-is-no-proof", 3),
        ("provider-key", 31),
        ("suspension-keeps-attempts", 1),
        ("sweep", 1),
        ("timeout-is-no-failure", 1),
        ("transition-table", 1),
        ("vote-hash", 1),
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
    public void Misses_a_guard_that_is_taken_away(string guard, long seed) => Enumerable.Range(0, SeedsMore)
        .Any(more => One.Value.Run(seed + more, GuardList.Without(guard)).Violation is not null).Should()
        .BeTrue($"without {guard}, money goes wrong within {SeedsMore} seeds");

    [Fact]
    public void Has_a_seed_for_each_guard() =>
        Missed.Select(one => one.Guard).Should().BeEquivalentTo(GuardList.Names.Keys);

    [Fact]
    public void Keeps_the_seeds_that_once_failed()
    {
        var seeds = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Corpus", "seeds.txt"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => long.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture)).ToList();

        seeds.Should().NotBeEmpty();
        foreach (var seed in seeds)
        {
            One.Value.Run(seed).Story.Should().BeNull();
        }
    }

    private static SimulationReport Run(long from, long until) =>
        DeterministicSimulation.Run(new SimulationOptions(from, until), _ => { }, CancellationToken.None);
}
