using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using TwinTrack.Platform.Security;

namespace TwinTrack.Gateway.Accounts;

/// <summary>
/// Signs tokens (ES256) with the key at <c>auth:privateKey</c>, or with a pair of its own in the key folder.
/// Thread-safe.
/// </summary>
internal sealed class TokenIssuer(IConfiguration configuration, TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(8);

    private readonly SigningCredentials _credentials = new(
        new ECDsaSecurityKey(TokenKey.Load(configuration)), SecurityAlgorithms.EcdsaSha256);

    public (string Token, DateTimeOffset ExpiresAt) Issue(User user)
    {
        var now = clock.GetUtcNow();
        var expires = now + Lifetime;
        var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Access.Issuer,
            Audience = Access.Issuer,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = expires.UtcDateTime,
            Subject = new ClaimsIdentity(
                [new("sub", user.Name), new(Access.PartyClaim, user.Party),
                    .. user.Roles.Select(role => new Claim(Access.RoleClaim, role))]),
            SigningCredentials = _credentials,
        });
        return (token, expires);
    }
}

internal static class TokenKey
{
    /// <summary>
    /// The signing key. The first start writes a new key pair to files, whole or not at all. The public key is where
    /// every service reads it.
    /// </summary>
    public static ECDsa Load(IConfiguration configuration)
    {
        var key = ECDsa.Create();
        if (configuration["auth:privateKey"] is { } given)
        {
            key.ImportFromPem(Access.PemAt(given));
            return key;
        }

        var path = Path.Combine(configuration.KeyFolder(), "token.pem");
        if (!File.Exists(path))
        {
            Create(path);
        }

        key.ImportFromPem(File.ReadAllText(path));
        Publish(key, Path.Combine(configuration.KeyFolder(), "token.pub.pem"));
        return key;
    }

    private static void Create(string path)
    {
        using var fresh = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var draft = Draft(path);
        using (var file = new FileStream(draft, OwnerOnly()))
        using (var writer = new StreamWriter(file))
        {
            writer.Write(fresh.ExportPkcs8PrivateKeyPem());
            writer.Flush();
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException)
        {
            // Another process was first. Its key is used.
            File.Delete(draft);
        }
    }

    /// <summary>Derived from the private key, so it is written again if a crash came between the two writes.</summary>
    private static void Publish(ECDsa key, string path)
    {
        var pem = key.ExportSubjectPublicKeyInfoPem();
        if (File.Exists(path) && File.ReadAllText(path) == pem)
        {
            return;
        }

        var draft = Draft(path);
        File.WriteAllText(draft, pem);
        File.Move(draft, path, overwrite: true);
    }

    private static string Draft(string path) =>
        Invariant($"{path}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}");

    private static FileStreamOptions OwnerOnly()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
