using System.Security.Cryptography;
using Org.BouncyCastle.Math.EC.Rfc8032;
using TwinTrack.Kernel;

namespace TwinTrack.Providers.Domain.Callbacks;

/// <summary>An algorithm of RFC 9421, 3.3.</summary>
/// <param name="Name">As in the registry of HTTP signature algorithms.</param>
/// <param name="ReadKey">Reads base64 of a secret, or a public key as PEM; null when it is neither.</param>
/// <param name="Verify">Key, signed bytes, signature.</param>
public sealed record SignatureAlgorithm(string Name, Func<string, byte[]?> ReadKey,
    Func<byte[], byte[], byte[], bool> Verify);

/// <summary>What can be verified. A connection that asks for another algorithm is refused.</summary>
public static class SignatureAlgorithms
{
    public static readonly IReadOnlyList<SignatureAlgorithm> All =
    [
        new("hmac-sha256", StandardWebhooks.ReadSecret,
            static (key, text, signature) => CryptographicOperations.FixedTimeEquals(
                HMACSHA256.HashData(key, text), signature)),
        new("rsa-pss-sha512", PublicKeys.Rsa,
            static (key, text, signature) => Rsa(
                key, text, signature, HashAlgorithmName.SHA512, RSASignaturePadding.Pss)),
        new("rsa-v1_5-sha256", PublicKeys.Rsa,
            static (key, text, signature) => Rsa(
                key, text, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
        new("ecdsa-p256-sha256", PublicKeys.P256, P256),
        new("ed25519", PublicKeys.Ed25519, Edwards),
    ];

    public static SignatureAlgorithm? Find(string name) => All.FirstOrDefault(one => one.Name == name);

    private static bool Rsa(byte[] key, byte[] text, byte[] signature, HashAlgorithmName hash,
        RSASignaturePadding padding)
    {
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(key, out _);
        return rsa.VerifyData(text, signature, hash, padding);
    }

    /// <summary>The signature is r and s concatenated (RFC 9421, 3.3.4), not DER.</summary>
    private static bool P256(byte[] key, byte[] text, byte[] signature)
    {
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportSubjectPublicKeyInfo(key, out _);
        return ecdsa.VerifyData(text, signature, HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    /// <summary>Pure Ed25519 (RFC 9421, 3.3.6). .NET 10 has none; BouncyCastle brings it.</summary>
    private static bool Edwards(byte[] key, byte[] text, byte[] signature) =>
        signature.Length == Ed25519.SignatureSize && Ed25519.Verify(signature, 0, key, 0, text, 0, text.Length);
}
