using System.Security.Cryptography;
using System.Text;

namespace TwinTrack.Payments.Domain;

/// <summary>
/// Ids that follow from their cause, so that the same cause makes the same row: UUID version 8 (RFC 9562) over SHA-256.
/// </summary>
public static class DerivedId
{
    private const int GuidBytes = 16;

    public static Guid From(string cause)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(cause)).AsSpan(0, GuidBytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
