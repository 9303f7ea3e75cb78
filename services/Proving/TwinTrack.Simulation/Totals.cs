using System.Security.Cryptography;
using System.Text;
using TwinTrack.Payments.Domain;

namespace TwinTrack.Simulation;

/// <summary>Adds up seeds.</summary>
internal sealed class Totals
{
    private readonly SortedDictionary<string, int> _faults = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _evidence = new(StringComparer.Ordinal);
    private readonly HashSet<string> _arrows = [];
    private readonly IncrementalHash _traces = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _seeds;
    private long _steps;
    private long _violations;
    private long _switches;
    private FirstViolation? _first;

    public void Add(SeedResult result)
    {
        _seeds++;
        _steps += result.Steps;
        _switches += result.World.Crowd.Switches;
        _arrows.UnionWith(result.World.Checks.Arrows);
        _traces.AppendData(Encoding.UTF8.GetBytes(result.TraceHash));
        Add(_faults, result.World.Counts);
        Add(_evidence, result.World.Checks.Evidence);
        if (result.Violation is not null)
        {
            _violations++;
            _first ??= new FirstViolation(result.Seed, result.Violation, result.Story!);
        }
    }

    public SimulationReport Report(TimeSpan took)
    {
        var all = InstructionLifecycle.Table.Rows.Select(arrow => $"{arrow.From} → {arrow.To}").ToList();
        return new SimulationReport(
            _seeds, _steps, _violations, _faults, _switches,
            new ArrowsReached(all.Count(_arrows.Contains), all.Count,
                [.. all.Where(arrow => !_arrows.Contains(arrow))]), _evidence, _first,
            Convert.ToHexStringLower(_traces.GetHashAndReset()), Math.Round(_seeds / took.TotalMinutes, 1));
    }

    private static void Add(SortedDictionary<string, int> sums, SortedDictionary<string, int> more)
    {
        foreach (var (kind, count) in more)
        {
            sums[kind] = sums.GetValueOrDefault(kind) + count;
        }
    }
}
