using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace TwinTrack.Providers.Tests;

/// <summary>
/// Bends sound documents, seeded so that a failure is found again: <c>TWINTRACK_SEED</c> repeats a run,
/// <c>TWINTRACK_FUZZ_SECONDS</c> (each document) makes it longer. A second each in CI, a fifth of one elsewhere.
/// </summary>
internal sealed class Fuzz(byte[] sound, params string[] bits)
{
    private const int RoundsMin = 20;

    private static readonly double Seconds = Number(
        "TWINTRACK_FUZZ_SECONDS", string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")) ? 0.2 : 1);
    private static readonly int Seed = (int)Number("TWINTRACK_SEED", 20260131);

    /// <summary>
    /// Tries bent documents until the time is up; a fault tells round, seed and document. Gives the rounds tried.
    /// </summary>
    public async Task<int> RunAsync(Func<byte[], string, Task> holds)
    {
#pragma warning disable CA5394 // A seeded random, not an unguessable one.
        var (random, clock, rounds) = (new Random(Seed), Stopwatch.StartNew(), 0);
        for (; rounds < RoundsMin || clock.Elapsed.TotalSeconds < Seconds; rounds++)
        {
            var bent = sound;
            for (var times = random.Next(1, 5); times > 0; times--)
            {
                bent = Bend(bent, random);
            }

            try
            {
                await holds(bent, Invariant($"round {rounds} of seed {Seed}"));
            }
            catch (Exception fault) when (fault is not Xunit.Sdk.XunitException)
            {
                throw new InvalidOperationException(
                    Invariant($"Round {rounds} of seed {Seed}: {Convert.ToBase64String(bent)}"), fault);
            }
        }

        return rounds;
    }

    private byte[] Bend(byte[] whole, Random random)
    {
        if (whole.Length < 4)
        {
            return whole;
        }

        var (from, to) = (random.Next(whole.Length), random.Next(whole.Length));
        (from, to) = from < to ? (from, to) : (to, from);
        switch (random.Next(7))
        {
            case 0:
                return whole[..to];
            case 1:
                return [.. whole[..from], .. whole[to..]];
            case 2:
                return [.. whole[..to], .. whole[from..Math.Min(to, from + 400)], .. whole[to..]];
            case 3:
                return [.. whole[..from], .. Encoding.UTF8.GetBytes(bits[random.Next(bits.Length)]), .. whole[from..]];
            case 4 when random.Next(8) == 0:
                return Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(whole));
            default:
                var bent = (byte[])whole.Clone();
                bent[from] = (byte)random.Next(256);
                return bent;
        }
    }
#pragma warning restore CA5394

    private static double Number(string name, double standard) =>
        double.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number)
            ? number : standard;
}
