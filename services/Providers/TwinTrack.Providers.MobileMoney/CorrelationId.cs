using System.Security.Cryptography;
using System.Text;

namespace TwinTrack.Providers.MobileMoney;

/// <summary>
/// X-CorrelationID. The operator accepts each id once, so one reference must always give the same id.
/// </summary>
internal static class CorrelationId
{
    /// <summary>
    /// A UUID of version 8 (RFC 9562, 5.8) from the reference's SHA-256, in the hyphenated form that GSMA demands.
    /// </summary>
    public static string Of(string reference) => Hashed(reference, version: 0x80);

    /// <summary>The same as a version 4 UUID (RFC 9562, 5.4), which some operators require.</summary>
    public static string Version4(string reference) => Hashed(reference, version: 0x40);

    private static string Hashed(string reference, byte version)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes("twintrack:gsma:" + reference)).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | version);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString("d");
    }
}
