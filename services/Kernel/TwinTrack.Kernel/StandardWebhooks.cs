using System.Security.Cryptography;
using System.Text;

namespace TwinTrack.Kernel;

/// <summary>
/// Standard Webhooks 1.0, symmetric signatures: HMAC-SHA-256 over <c>id.timestamp.body</c>, as raw bytes. Asymmetric
/// ones (<c>v1a</c>, Ed25519) are not spoken: a sender with a key pair uses RFC 9421.
/// </summary>
public static class StandardWebhooks
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";

    private const string SecretPrefix = "whsec_";
    private const string Version = "v1,";
    private const int SecretMin = 24;
    private const int SecretMax = 64;
    private const int SecretNew = 32;

    /// <summary>Most signatures checked in one header. A rotation needs two.</summary>
    private const int SignaturesMax = 8;

    /// <summary>A new secret as the receiver gets it: <c>whsec_</c> and base64 of 32 random bytes.</summary>
    public static string NewSecret() => SecretPrefix
        + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretNew));

    /// <summary>
    /// The bytes of a secret, with or without its prefix; null unless it is base64 of 24 to 64 bytes.
    /// </summary>
    public static byte[]? ReadSecret(string? text)
    {
        var encoded = text is not null && text.StartsWith(SecretPrefix, StringComparison.Ordinal)
            ? text[SecretPrefix.Length..] : text;
        var bytes = new byte[SecretMax + 1];
        return encoded is { Length: > 0 } && Convert.TryFromBase64String(encoded, bytes, out var length)
            && length is >= SecretMin and <= SecretMax ? bytes[..length] : null;
    }

    /// <summary>One entry of the signature header.</summary>
    /// <param name="secret">Its bytes.</param>
    /// <param name="id">The message's id, the same for all tries. It holds no dot.</param>
    /// <param name="at">Unix seconds of this try.</param>
    /// <param name="body">The exact bytes that are sent.</param>
    public static string Sign(byte[] secret, string id, long at, ReadOnlySpan<byte> body) =>
        Version + Convert.ToBase64String(Mac(secret, id, at, body));

    /// <summary>
    /// Whether a signature in the header matches one of the secrets. Several of each are allowed, so that a secret can
    /// be changed without a gap.
    /// </summary>
    public static bool Matches(string header, IEnumerable<byte[]> secrets, string id, long at, ReadOnlySpan<byte> body)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        foreach (var secret in secrets)
        {
            var ours = Mac(secret, id, at, body);
            foreach (var one in header.Split(' ', SignaturesMax + 1, StringSplitOptions.RemoveEmptyEntries)
                .Take(SignaturesMax))
            {
                if (one.StartsWith(Version, StringComparison.Ordinal)
                    && Convert.TryFromBase64String(one[Version.Length..], given, out var length)
                    && CryptographicOperations.FixedTimeEquals(given[..length], ours))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static byte[] Mac(byte[] secret, string id, long at, ReadOnlySpan<byte> body)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        mac.AppendData(Encoding.UTF8.GetBytes(Invariant($"{id}.{at}.")));
        mac.AppendData(body);
        return mac.GetHashAndReset();
    }
}
