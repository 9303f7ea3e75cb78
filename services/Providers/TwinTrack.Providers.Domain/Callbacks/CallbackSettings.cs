using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using TwinTrack.Kernel;
using Rfc8032 = Org.BouncyCastle.Math.EC.Rfc8032;

namespace TwinTrack.Providers.Domain.Callbacks;

/// <summary>One key that a provider may sign with.</summary>
/// <param name="Id">The provider's key id (RFC 9421 keyid); empty where the scheme has no key ids.</param>
/// <param name="Bytes">
/// The shared secret, or the public key: as SubjectPublicKeyInfo, or for Ed25519 its 32 bytes.
/// </param>
public sealed record CallbackKey(string Id, byte[] Bytes);

/// <summary>How a channel's callbacks are authenticated; from its connection's settings.</summary>
/// <param name="Scheme">
/// Setting <c>callbackScheme</c>, a name of <see cref="CallbackSchemes"/>; default <c>none</c>.
/// </param>
/// <param name="Keys">
/// Settings <c>callbackKey</c> and, while a key is being changed, <c>callbackKeyOld</c>; with RFC 9421 their names in
/// <c>callbackKeyId</c>, <c>callbackKeyIdOld</c>.
/// </param>
/// <param name="Algorithm">
/// Setting <c>callbackAlgorithm</c>, a name of <see cref="SignatureAlgorithms"/>; RFC 9421 only, else empty.
/// </param>
/// <param name="Tolerance">
/// Allowed difference between the signature's clock and ours, 1 s to an hour; setting <c>callbackToleranceSeconds</c>,
/// default 300 s.
/// </param>
/// <param name="Origin">
/// Scheme and authority under which the provider calls us, e.g. <c>https://pay.example.org</c>; setting
/// <c>callbackOrigin</c>. Changes by a gateway in between are ignored.
/// </param>
/// <param name="Sources">
/// Where callbacks may come from; setting <c>callbackSources</c>, CIDR blocks separated by commas. Empty means
/// anywhere.
/// </param>
public sealed record CallbackSettings(
    CallbackScheme Scheme, IReadOnlyList<CallbackKey> Keys, string Algorithm, TimeSpan Tolerance, Uri? Origin,
    IReadOnlyList<IPNetwork> Sources)
{
    private const double ToleranceMax = 3_600;

    public static Result<CallbackSettings> Of(Connection connection)
    {
        var name = connection["callbackScheme"] ?? CallbackSchemes.None;
        if (CallbackSchemes.All.FirstOrDefault(one => one.Name == name) is not { } scheme)
        {
            return Unreadable("callbackScheme",
                $"one of {string.Join(", ", CallbackSchemes.All.Select(one => one.Name))}");
        }

        if (scheme.Settings.FirstOrDefault(needed => connection[needed] is null) is { } missing)
        {
            return new Refusal("connection.setting_missing",
                $"The setting '{missing}' is missing. Callbacks of scheme {name} need it; add it and set the "
                + "connection again.");
        }

        var algorithm = connection["callbackAlgorithm"] ?? "";
        if (scheme.Settings.Contains("callbackAlgorithm") && SignatureAlgorithms.Find(algorithm) is null)
        {
            return Unreadable("callbackAlgorithm",
                $"one of {string.Join(", ", SignatureAlgorithms.All.Select(one => one.Name))}");
        }

        if (connection["callbackOrigin"] is { } address && !IsOrigin(address))
        {
            return Unreadable("callbackOrigin", "a scheme and an authority, such as https://pay.example.org");
        }

        if (!Tolerances(connection, out var tolerance))
        {
            return Unreadable("callbackToleranceSeconds", "a number from 1 to 3600");
        }

        return Sourced(connection)
            .Then(sources => KeysOf(connection, scheme, algorithm).Then<CallbackSettings>(keys => new CallbackSettings(
            scheme, keys, algorithm, tolerance, connection["callbackOrigin"] is { } origin ? new Uri(origin) : null,
            sources)));
    }

    /// <summary>Whether callbacks may come from this address. An unknown address is on no list.</summary>
    public bool LetsIn(IPAddress? source) => Sources.Count == 0
        || (source is not null && Sources.Any(network => network.Contains(source)));

    public bool IsTimely(long signedAt, DateTimeOffset now) =>
        Math.Abs((double)signedAt - now.ToUnixTimeSeconds()) <= Tolerance.TotalSeconds;

    private static bool Tolerances(Connection connection, out TimeSpan tolerance)
    {
        var seconds = 300.0;
        var readable = connection["callbackToleranceSeconds"] is not { } text
            || (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out seconds)
                && seconds is >= 1 and <= ToleranceMax);
        tolerance = TimeSpan.FromSeconds(readable ? seconds : 0);
        return readable;
    }

    private static bool IsOrigin(string text) => Uri.TryCreate(text, UriKind.Absolute, out var origin)
        && origin is { Scheme: "http" or "https", PathAndQuery: "/", UserInfo: "", Fragment: "" };

    private static Result<IReadOnlyList<IPNetwork>> Sourced(Connection connection)
    {
        var networks = new List<IPNetwork>();
        foreach (var text in (connection["callbackSources"] ?? "").Split(
            ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!IPNetwork.TryParse(text, out var network))
            {
                return Unreadable("callbackSources", "CIDR blocks with commas between, such as 198.51.100.0/24");
            }

            networks.Add(network);
        }

        return networks;
    }

    private static Result<IReadOnlyList<CallbackKey>> KeysOf(
        Connection connection, CallbackScheme scheme, string algorithm)
    {
        var keys = new List<CallbackKey>();
        foreach (var (setting, id) in new[] { ("callbackKey", "callbackKeyId"),
            ("callbackKeyOld", "callbackKeyIdOld") })
        {
            if (!scheme.IsSigned || connection[setting] is not { } text)
            {
                continue;
            }

            if (scheme.ReadKey(text, algorithm) is not { } bytes)
            {
                return Unreadable(
                    setting, "base64 of 24 to 64 bytes for a shared secret, or a public key as PEM of the algorithm's "
                        + "kind, RSA from 2048 bits");
            }

            keys.Add(new CallbackKey(connection[id] ?? "", bytes));
        }

        return keys;
    }

    private static Refusal Unreadable(string setting, string demand) =>
        new("connection.setting_unreadable",
            $"The setting '{setting}' is not accepted. It must be {demand}.");
}

/// <summary>Public keys from PEM text, checked once so that verifying cannot fail on them.</summary>
internal static class PublicKeys
{
    private const int RsaBitsMin = 2_048;

    /// <summary>
    /// RFC 5480, 2.1.1.1: the curve secp256r1 by its name. Other curves of 256 bits are other algorithms.
    /// </summary>
    private static readonly byte[] P256Head =
        Convert.FromHexString("3059301306072a8648ce3d020106082a8648ce3d030107034200");

    private static readonly byte[] EdwardsHead = Convert.FromHexString("302a300506032b6570032100");

    internal static byte[]? Rsa(string pem)
    {
        using var rsa = RSA.Create();
        return Import(rsa, pem, "PUBLIC KEY", "RSA PUBLIC KEY") && rsa.KeySize >= RsaBitsMin
            ? rsa.ExportSubjectPublicKeyInfo() : null;
    }

    internal static byte[]? P256(string pem)
    {
        using var ecdsa = ECDsa.Create();
        return Import(ecdsa, pem, "PUBLIC KEY") && ecdsa.ExportSubjectPublicKeyInfo() is var info
            && info.AsSpan().StartsWith(P256Head) ? info : null;
    }

    /// <summary>
    /// RFC 8410, 4: the point's 32 bytes after a head that never varies. A point of small order is refused: signatures
    /// under it prove nothing.
    /// </summary>
    internal static byte[]? Ed25519(string pem)
    {
        if (!PemEncoding.TryFind(pem, out var fields) || pem[fields.Label] is not "PUBLIC KEY")
        {
            return null;
        }

        var info = Convert.FromBase64String(pem[fields.Base64Data]);
        return info.AsSpan().StartsWith(EdwardsHead)
            && info.Length == EdwardsHead.Length + Rfc8032.Ed25519.PublicKeySize
            && Rfc8032.Ed25519.ValidatePublicKeyFull(info, EdwardsHead.Length) ? info[EdwardsHead.Length..] : null;
    }

    /// <param name="labels">Of public keys. A private key is somebody's secret and does not belong here.</param>
    private static bool Import(AsymmetricAlgorithm key, string pem, params ReadOnlySpan<string> labels)
    {
        try
        {
            if (!PemEncoding.TryFind(pem, out var fields) || !labels.Contains(pem[fields.Label]))
            {
                return false;
            }

            key.ImportFromPem(pem);
            return true;
        }
        catch (Exception fault) when (fault is ArgumentException or CryptographicException)
        {
            return false;
        }
    }
}
