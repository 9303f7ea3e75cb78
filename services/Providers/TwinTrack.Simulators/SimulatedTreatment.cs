using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace TwinTrack.Simulators;

/// <summary>How one order ends at a simulated provider.</summary>
public enum Ending
{
    Pays,

    /// <summary>Refused, never paid.</summary>
    Rejects,

    /// <summary>Neither paid nor answered.</summary>
    Lost,

    /// <summary>Paid, but shown on the statement only.</summary>
    Silent,

    /// <summary>Paid and reported much later.</summary>
    Late,

    /// <summary>Paid, reported, and the money comes back.</summary>
    Returns,

    /// <summary>Half is paid.</summary>
    Partial,
}

/// <summary>
/// How the provider treats one order: a pure function of seed, payee and options. A household is treated alike in every
/// run of a seed, whatever ids its orders get.
/// </summary>
/// <param name="Duplicates">Each report of it comes twice.</param>
/// <param name="Contradicts">A report that says the opposite follows the true report.</param>
public readonly record struct SimulatedTreatment(Ending Ending, bool Duplicates, bool Contradicts)
{
    public static SimulatedTreatment Of(SimulatorOptions options, string payee) => new(
        EndingOf(options, Roll(options.Seed, "ending", payee)),
        Roll(options.Seed, "duplicate", payee) < options.Duplicate,
        Roll(options.Seed, "contradict", payee) < options.Contradict);

    /// <summary>Whether the payee has an account here.</summary>
    public static bool HasAccount(SimulatorOptions options, string payee) =>
        Roll(options.Seed, "unregistered", payee) >= options.Unregistered;

    /// <summary>Whether the answer to this request is broken on its way.</summary>
    public static bool IsBroken(SimulatorOptions options, string request) =>
        Roll(options.Seed, "broken", request) < options.BreakAnswers;

    private static Ending EndingOf(SimulatorOptions options, double roll)
    {
        (double Share, Ending Ending)[] shares =
        [
            (options.Reject, Ending.Rejects), (options.Lost, Ending.Lost), (options.Silent, Ending.Silent),
            (options.Late, Ending.Late), (options.Return, Ending.Returns), (options.Partial, Ending.Partial),
        ];
        foreach (var (share, ending) in shares)
        {
            if (roll < share)
            {
                return ending;
            }

            roll -= share;
        }

        return Ending.Pays;
    }

    /// <summary>Evenly spread over 0 (included) to 1 (excluded).</summary>
    internal static double Roll(int seed, string what, string payee)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(Invariant($"{seed}|{what}|{payee}")));
        return BinaryPrimitives.ReadUInt32BigEndian(hash) / 4294967296.0;
    }
}
