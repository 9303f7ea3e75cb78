namespace TwinTrack.Proving.Chaos;

/// <summary>What there is to break.</summary>
/// <param name="Programs">Killed and restarted; one that is named more often is hit more often.</param>
/// <param name="Ways">Connections that can be spoilt.</param>
/// <param name="Services">Those with an outbox.</param>
/// <param name="Disk">Whether the data lies on a disk that may be filled.</param>
internal sealed record Targets(IReadOnlyList<string> Programs, IReadOnlyList<string> Ways,
    IReadOnlyList<string> Services, bool Disk);

/// <summary>
/// The faults of a run: a pure function of seed, length and targets. Two independent sequences run in parallel: program
/// deaths, and all other faults.
/// </summary>
internal static class FaultPlan
{
    /// <summary>Between two deaths; seven and a half seconds on average make eighty in ten minutes.</summary>
    private static readonly (double Min, double Max) Deaths = (5, 10);

    private static readonly (double Min, double Max) Others = (3, 7);

    /// <summary>So that the first faults find something that runs.</summary>
    private const double FirstSeconds = 3;

    /// <summary>One death in so many is an orderly end.</summary>
    private const int OrderlyOneIn = 5;

    /// <summary>
    /// One kill in this many also hits a program that is still starting. The other kills wait for its start.
    /// </summary>
    private const int EvenComingOneIn = 6;

    /// <summary>One of the others in so many fills the disk.</summary>
    private const int DiskOneIn = 12;

    /// <param name="seed">Same seed, same faults.</param>
    /// <param name="length">No fault begins later.</param>
    /// <param name="targets">What there is to break.</param>
    public static IReadOnlyList<Fault> Of(int seed, TimeSpan length, Targets targets)
    {
#pragma warning disable CA5394 // A repeatable random is wanted, not an unguessable one.
        var (deaths, others) = (new Random(seed), new Random(~seed));
#pragma warning restore CA5394
        return
        [
            .. Train(deaths, Deaths, length, at => Death(deaths, at, targets))
                .Concat(Train(others, Others, length, at => Other(others, at, targets)))
                .OrderBy(fault => fault.At),
        ];
    }

    private static IEnumerable<Fault> Train(Random random, (double Min, double Max) pause, TimeSpan length,
        Func<TimeSpan, Fault> make)
    {
        for (var at = FirstSeconds + Between(random, pause.Min, pause.Max); at < length.TotalSeconds; at += Between(
            random, pause.Min, pause.Max))
        {
            yield return make(TimeSpan.FromSeconds(Math.Round(at, 1)));
        }
    }

    private static Fault Death(Random random, TimeSpan at, Targets targets)
    {
        var program = Pick(random, targets.Programs);
        return random.Next(OrderlyOneIn) == 0
            ? new Fault(at, FaultKind.Restart, program, TimeSpan.Zero, 0)
            : new Fault(at, FaultKind.Kill, program, Seconds(random, 0, 3), random.Next(EvenComingOneIn) == 0 ? 1 : 0);
    }

    private static Fault Other(Random random, TimeSpan at, Targets targets)
    {
        if (targets.Disk && random.Next(DiskOneIn) == 0)
        {
            return new Fault(at, FaultKind.FillDisk, "", Seconds(random, 1, 3), 0);
        }

        if (targets.Ways.Count == 0 || random.Next(2) == 0)
        {
            var service = Pick(random, targets.Services);
            return random.Next(3) > 0
                ? new Fault(at, FaultKind.Redeliver, service, TimeSpan.Zero, random.Next(5, 60))
                : new Fault(at, FaultKind.Shuffle, service, TimeSpan.Zero, random.Next(500, 3_000));
        }

        var way = Pick(random, targets.Ways);
        return random.Next(5) switch
        {
            0 => new Fault(at, FaultKind.Cut, way, TimeSpan.Zero, 0),
            1 => new Fault(at, FaultKind.Swallow, way, Seconds(random, 1, 5), 0),
            2 => new Fault(at, FaultKind.Delay, way, Seconds(random, 1, 5), random.Next(50, 2_000)),
            3 => new Fault(at, FaultKind.CutShort, way, Seconds(random, 1, 4), random.Next(20, 4_000)),
            _ => new Fault(at, FaultKind.Refuse, way, Seconds(random, 1, 4), 0),
        };
    }

    private static TimeSpan Seconds(Random random, double min, double max) =>
        TimeSpan.FromSeconds(Math.Round(Between(random, min, max), 1));

    private static double Between(Random random, double min, double max) => min + (random.NextDouble() * (max - min));

    private static T Pick<T>(Random random, IReadOnlyList<T> list) => list[random.Next(list.Count)];
}
