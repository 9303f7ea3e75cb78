using System.Security.Cryptography;
using System.Text;

namespace TwinTrack.Kernel;

/// <summary>
/// Standard Webhooks 1.0, symmetric signatures: HMAC-SHA-256 over <c>id.timestamp.body</c>, as raw bytes. Asymmetric
/// ones (<c>v1a</c>, Ed25519) are not spoken: .NET 10 brings no Ed25519.
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

    /// <summary>Signatures that are looked at in one header; a rotation needs two.</summary>
    private const int SignaturesMax = 8;

    /// <summary>A new secret as it is handed over: <c>whsec_</c> and base64 of 32 random bytes.</summary>
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
    /// <param name="id">The message's, the same over all tries; holds no dot.</param>
    /// <param name="at">Unix seconds of this try.</param>
    /// <param name="body">The very bytes that go over the wire.</param>
    public static string Sign(byte[] secret, string id, long at, ReadOnlySpan<byte> body) =>
        Version + Convert.ToBase64String(Mac(secret, id, at, body));

    /// <summary>
    /// Whether any signature in the header is by any of the secrets, so that either side can change its secret without
    /// a gap.
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
