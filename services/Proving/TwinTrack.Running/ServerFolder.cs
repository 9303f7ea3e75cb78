using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace TwinTrack.Running;

/// <summary>
/// The folder of a server's files, and the account that it runs as. PostgreSQL refuses root, and Debian's RabbitMQ
/// expects its own account. Under root each server runs as its package's account. Under another user it runs as that
/// user.
/// </summary>
/// <param name="Path">Exists, and belongs to the account.</param>
/// <param name="Account">Null for the one that runs us.</param>
internal sealed record ServerFolder(string Path, string? Account)
{
    /// <summary>Where servers' files go when the data folder lies under one that only root may enter.</summary>
    private const string Elsewhere = "/var/lib/twintrack";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <param name="data">The system's data folder.</param>
    /// <param name="server">The folder's name in it.</param>
    /// <param name="packageAccount">The account that the server's package made.</param>
    /// <param name="cancel">Stops waiting.</param>
    public static async Task<ServerFolder> MakeAsync(
        string data, string server, string packageAccount, CancellationToken cancel)
    {
        var wanted = System.IO.Path.Combine(data, server);
        if (Environment.UserName != "root" || OperatingSystem.IsWindows())
        {
            return new ServerFolder(Directory.CreateDirectory(wanted).FullName, null);
        }

        var path = Reachable(data) ? Directory.CreateDirectory(wanted).FullName : Linked(wanted);
        await RunAsync("chown", [packageAccount, path], cancel);
        File.SetUnixFileMode(path, OwnerOnly);
        return new ServerFolder(path, packageAccount);
    }

    /// <summary>Gives a file that we wrote to the account, for nobody else to read.</summary>
    public Task HandOverAsync(string file, CancellationToken cancel) =>
        HandOverAsync(file, UnixFileMode.UserRead, cancel);

    /// <summary>The same with a folder in this one.</summary>
    public Task HandOverFolderAsync(string folder, CancellationToken cancel) =>
        HandOverAsync(folder, OwnerOnly, cancel);

    /// <summary>As the account, in the folder.</summary>
    public ProcessStartInfo Describe(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Path };
        if (Account is not null)
        {
            start.UserName = Account;
        }

        return start;
    }

    private async Task HandOverAsync(string path, UnixFileMode mode, CancellationToken cancel)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }

        if (Account is not null)
        {
            await RunAsync("chown", [Account, path], cancel);
        }
    }

    /// <summary>Whether any account may pass through every folder on the way.</summary>
    private static bool Reachable(string path)
    {
        for (var folder = new DirectoryInfo(path); folder is not null; folder = folder.Parent)
        {
            if (!OperatingSystem.IsWindows() && !folder.UnixFileMode.HasFlag(UnixFileMode.OtherExecute))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// A folder elsewhere behind a link at the wanted place. Without the link it is left over from a data folder that
    /// was deleted, and goes too.
    /// </summary>
    private static string Linked(string wanted)
    {
        var mark = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(wanted)))[..16];
        var path = System.IO.Path.Combine(Elsewhere, mark);
        if (Directory.Exists(path) && !Directory.Exists(wanted))
        {
            Directory.Delete(path, recursive: true);
        }

        Directory.CreateDirectory(path);
        if (!Directory.Exists(wanted))
        {
            Directory.CreateSymbolicLink(wanted, path);
        }

        return path;
    }

    private static async Task RunAsync(string program, string[] arguments, CancellationToken cancel)
    {
        var ended = await CommandRun.RunAsync(CommandRun.Describe(program, "/", arguments), cancel);
        ended.Succeeded();
    }
}
