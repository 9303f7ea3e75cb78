using TwinTrack.Running;

namespace TwinTrack.Testing;

/// <summary>Where a test's server keeps its files. The account that the server runs as may pass through it.</summary>
internal sealed record ServerWork(string Folder, ServerSecret Secret)
{
    public static ServerWork Make(string server)
    {
        var folder = Directory.CreateTempSubdirectory($"twintrack-{server}-").FullName;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        }

        return new ServerWork(folder, ServerSecret.In(folder));
    }

    /// <param name="server">The server's own folder, which may lie elsewhere behind a link.</param>
    public void Delete(string server)
    {
        Directory.Delete(server, recursive: true);
        Directory.Delete(Folder, recursive: true);
    }
}
