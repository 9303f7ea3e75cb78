namespace TwinTrack.Simulation;

/// <summary>
/// Seeded chance, the same on every machine and runtime: SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom
/// number generators, 2014).
/// </summary>
internal sealed class SeededRandom(long seed)
{
    private ulong _state = unchecked((ulong)seed);

    public long Bits()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return (long)(mixed ^ (mixed >> 31));
        }
    }

    /// <summary>From 0, below <paramref name="limit"/>.</summary>
    public int Below(int limit) => (int)unchecked((ulong)Bits() % (ulong)limit);

    /// <summary>From 0 to below 1.</summary>
    public double Unit() => unchecked((ulong)Bits() >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double probability) => Unit() < probability;

    public T Of<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    public TimeSpan Between(double fromSeconds, double toSeconds) =>
        TimeSpan.FromMilliseconds(Math.Round(1_000 * (fromSeconds + ((toSeconds - fromSeconds) * Unit()))));

    /// <summary>The index of a weight, as often as it weighs.</summary>
    public int Weighted(IReadOnlyList<double> weights)
    {
        var left = Unit() * weights.Sum();
        for (var index = 0; index < weights.Count; index++)
        {
            left -= weights[index];
            if (left < 0)
            {
                return index;
            }
        }

        return weights.Count - 1;
    }
}
