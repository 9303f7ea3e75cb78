using System.Security.Cryptography;
using System.Text;
using TwinTrack.Simulation.Checks;
using TwinTrack.Simulation.Hosting;
using TwinTrack.Simulation.Providers;
using TwinTrack.Simulation.World;

namespace TwinTrack.Simulation;

/// <summary>What came of one seed.</summary>
/// <param name="TraceHash">SHA-256 of the history, 64 hex digits: the same seed has the same one.</param>
/// <param name="Violation">Null when everything held.</param>
internal sealed record SeedResult(long Seed, int Steps, string TraceHash, string? Violation, string? Story,
    SimulatedWorld World);

/// <summary>Runs seeds one after the other on one host. Not thread-safe.</summary>
internal sealed class Simulator : IDisposable
{
    private const int RestRoundsMax = 30;
    private static readonly TimeSpan RestRound = TimeSpan.FromSeconds(240);
    private readonly SimulatedProvider[] _providers = InitialState.Providers();
    private readonly SimulatedHost _host;
    private readonly DateTimeOffset _opened;

    public Simulator(int payments)
    {
        _host = new SimulatedHost(_providers);
        _opened = InitialState.Make(_host, _providers, payments);
    }

    public SeedResult Run(long seed, Guards? guards = null)
    {
        foreach (var service in _host.Services)
        {
            service.Store.Restore();
        }

        _host.Clock.Reset(_opened, seed);
        var world = new SimulatedWorld(_host, _providers, seed, guards ?? new Guards());
        string? violation = null;
        string? story = null;
        try
        {
            Storm(world);
            ComeToRest(world);
            InvariantsAtRest.Check(world);
        }
        catch (SimulatedViolation fault)
        {
            violation = fault.Message;
            story = Story.Of(world, fault);
        }

        return new SeedResult(seed, world.Steps, HashOf(world.Trace), violation, story, world);
    }

    public void Dispose() => _host.Dispose();

    private static void Storm(SimulatedWorld world)
    {
        var until = world.Now + world.Random.Between(120, 420);
        world.Crowd.Begin(until);
        while (world.Step(until))
        {
        }
    }

    /// <summary>No more faults; people tidy up, statements are final, time goes on.</summary>
    private static void ComeToRest(SimulatedWorld world)
    {
        world.ClearUp();
        List<string> unrest = [];
        for (var round = 1; round <= RestRoundsMax; round++)
        {
            world.Crowd.TidyUp();
            var until = world.Now + RestRound;
            while (world.Step(until, hurry: true))
            {
            }

            unrest = InvariantsAtRest.Unrest(world);
            if (round > 3 && unrest.Count == 0)
            {
                return;
            }

            world.Crowd.ImportAll();
            foreach (var provider in world.Providers)
            {
                world.Crowd.ImportStatement(provider, final: true);
            }
        }

        throw new SimulatedViolation($"I10: it does not come to rest: {string.Join("; ", unrest)}");
    }

    private static string HashOf(List<string> trace)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var line in trace)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(line));
            hash.AppendData("\n"u8);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
