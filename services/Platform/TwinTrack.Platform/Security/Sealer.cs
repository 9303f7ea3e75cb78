using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;

namespace TwinTrack.Platform.Security;

/// <summary>
/// Personal data at rest and in messages: AES-256-GCM under a named key. The key is <c>keys:{name}</c> (base64, 32
/// bytes) or the file <c>keys/{name}.key</c> in the data folder. The file is created on first use, unless
/// <c>keys:create</c> is false. Thread-safe.
/// </summary>
public sealed class Sealer
{
    private const byte Version = 1;
    private const int KeySize = 32;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly byte[] _key;
    private readonly byte[] _fingerprintKey;

    public Sealer(ReadOnlySpan<byte> key)
    {
        _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, key.ToArray(), KeySize, info: "seal"u8.ToArray());
        _fingerprintKey =
            HKDF.DeriveKey(HashAlgorithmName.SHA256, key.ToArray(), KeySize, info: "fingerprint"u8.ToArray());
    }

    public static Sealer Named(string name, IConfiguration configuration) =>
        new(configuration[$"keys:{name}"] is { } given
            ? Convert.FromBase64String(given) : FromFile(name, configuration));

    /// <summary>Base64 of version, nonce, tag and cipher text.</summary>
    public string Seal(string plain) => Convert.ToBase64String(Seal(Encoding.UTF8.GetBytes(plain)));

    /// <summary>The same without base64.</summary>
    public byte[] Seal(ReadOnlySpan<byte> text)
    {
        var sealedBytes = new byte[1 + NonceSize + TagSize + text.Length];
        sealedBytes[0] = Version;
        var nonce = sealedBytes.AsSpan(1, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_key, TagSize);
        aes.Encrypt(nonce, text, sealedBytes.AsSpan(1 + NonceSize + TagSize),
            sealedBytes.AsSpan(1 + NonceSize, TagSize), sealedBytes.AsSpan(0, 1));
        return sealedBytes;
    }

    /// <exception cref="CryptographicException">
    /// The text was not sealed under this key, or was changed since.
    /// </exception>
    public string Open(string sealedText) => Encoding.UTF8.GetString(Open(Convert.FromBase64String(sealedText)));

    /// <inheritdoc cref="Open(string)"/>
    public byte[] Open(byte[] bytes)
    {
        if (bytes.Length < 1 + NonceSize + TagSize || bytes[0] != Version)
        {
            throw new CryptographicException("Not a sealed value of a known version.");
        }

        var plain = new byte[bytes.Length - 1 - NonceSize - TagSize];
        using var aes = new AesGcm(_key, TagSize);
        aes.Decrypt(bytes.AsSpan(1, NonceSize), bytes.AsSpan(1 + NonceSize + TagSize),
            bytes.AsSpan(1 + NonceSize, TagSize), plain, bytes.AsSpan(0, 1));
        return plain;
    }

    /// <summary>
    /// HMAC-SHA-256 as 64 hex digits: the same text has the same fingerprint, and without the key nobody can test
    /// guesses.
    /// </summary>
    public string Fingerprint(string text) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_fingerprintKey, Encoding.UTF8.GetBytes(text)));

    private static byte[] FromFile(string name, IConfiguration configuration)
    {
        var path = Path.Combine(configuration.KeyFolder(), name + ".key");
        if (!File.Exists(path))
        {
            if (configuration["keys:create"] == "false")
            {
                throw new InvalidOperationException($"Key '{name}' is neither configured (keys:{name}) nor on file.");
            }

            var draft = Invariant($"{path}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}");
            File.WriteAllText(draft, Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeySize)));
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(draft, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            try
            {
                // The file appears whole or not at all. A second process uses the first process's key.
                File.Move(draft, path, overwrite: false);
            }
            catch (IOException)
            {
                File.Delete(draft);
            }
        }

        return Convert.FromBase64String(File.ReadAllText(path));
    }
}
