using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TwinTrack.Providers.Domain.Callbacks;

/// <summary>
/// <c>Signature: t=…,s=…</c>: RSA with SHA-256 and PKCS #1 v1.5 over <c>t.host.body</c>, where host is the one that the
/// provider was told to call. It covers the raw bytes, never JSON that was read and written again.
/// </summary>
internal static class TimedRsaCheck
{
    internal static CallbackProof Verify(CallbackSettings settings, CallbackRequest request, DateTimeOffset now)
    {
        string? time = null, signature = null;
        foreach (var part in (request["signature"] ?? "").Split(',', StringSplitOptions.TrimEntries))
        {
            _ = part switch
            {
                ['t', '=', ..] when time is null => time = part[2..],
                ['s', '=', ..] when signature is null => signature = part[2..],
                _ => null,
            };
        }

        var bytes = new byte[1_024];
        if (signature is null
            || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            || !Convert.TryFromBase64String(signature, bytes, out var length))
        {
            return CallbackProof.No(CallbackFaults.Unreadable);
        }

        if (!settings.IsTimely(at, now))
        {
            return CallbackProof.No(CallbackFaults.Time);
        }

        byte[] text = [.. Encoding.UTF8.GetBytes($"{time}.{settings.Origin!.Host}."), .. request.Body.Span];
        return settings.Keys.Any(key => IsBy(key, text, bytes.AsSpan(0, length)))
            ? CallbackProof.Of(time!) : CallbackProof.No(CallbackFaults.Signature);
    }

    private static bool IsBy(CallbackKey key, byte[] text, ReadOnlySpan<byte> signature)
    {
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(key.Bytes, out _);
        return rsa.VerifyData(text, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }
}
