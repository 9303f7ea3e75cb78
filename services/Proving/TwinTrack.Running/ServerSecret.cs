using System.Security.Cryptography;
using System.Text;

namespace TwinTrack.Running;

/// <summary>
/// One random secret in a file that only its owner can read. The passwords of servers and roles are derived from it, so
/// none is stored.
/// </summary>
internal sealed class ServerSecret
{
    private const int Bytes = 32;
    private readonly byte[] _secret;

    private ServerSecret(byte[] secret) => _secret = secret;

    public static ServerSecret In(string folder)
    {
        var path = Path.Combine(folder, "servers.secret");
        if (!File.Exists(path))
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var file = new FileStream(path, options);
            file.Write(RandomNumberGenerator.GetBytes(Bytes));
        }

        return new ServerSecret(File.ReadAllBytes(path));
    }

    /// <summary>64 hex digits, always the same for a name.</summary>
    public string PasswordOf(string name) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(name)));
}
