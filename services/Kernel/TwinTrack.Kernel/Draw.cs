using System.Buffers.Binary;

namespace TwinTrack.Kernel;

/// <summary>
/// The uses of an obligation's stable hash. Each use mixes differently, so that a pilot does not take the whole share
/// of one channel.
/// </summary>
public enum Draw : ulong
{
    Share = 0x9E3779B97F4A7C15,
    Pilot = 0xC2B2AE3D27D4EB4F,
}

/// <summary>
/// A fixed, evenly spread point for each obligation. It is computed, not stored, so an obligation always falls in the
/// same part. Routing draws by it, and Payments counts by it. The mixing is the finaliser of SplitMix64 (Steele, Lea
/// and Flood, OOPSLA 2014).
/// </summary>
public static class Draws
{
    /// <summary>Points are 0 to 99.</summary>
    public const int Points = 100;

    public static int Point(ObligationId obligation, Draw draw)
    {
        Span<byte> bytes = stackalloc byte[16];
        obligation.Value.TryWriteBytes(bytes, bigEndian: true, out _);
        var high = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        var low = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        return (int)(Mixed(unchecked(high + Mixed(low ^ (ulong)draw))) % Points);
    }

    /// <summary>The first point of the part in which a point lies.</summary>
    /// <param name="cuts">Where a new part begins.</param>
    public static int PartOf(int point, IReadOnlyList<int> cuts)
    {
        var from = 0;
        foreach (var cut in cuts)
        {
            from = cut <= point && cut > from ? cut : from;
        }

        return from;
    }

    private static ulong Mixed(ulong value)
    {
        value = unchecked((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9);
        value = unchecked((value ^ (value >> 27)) * 0x94D049BB133111EB);
        return value ^ (value >> 31);
    }
}
