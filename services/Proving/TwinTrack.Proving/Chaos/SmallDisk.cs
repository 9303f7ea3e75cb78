using TwinTrack.Running;

namespace TwinTrack.Proving.Chaos;

/// <summary>A folder on a small disk of its own (tmpfs), which can be filled to the last byte. Needs root.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private const int PieceBytes = 64 * 1024;

    private readonly string _folder;

    private SmallDisk(string folder) => _folder = folder;

    private string Ballast => Path.Combine(_folder, "ballast");

    /// <summary>Null where it cannot be made.</summary>
    public static async Task<SmallDisk?> MountAsync(string folder, int megabytes)
    {
        Directory.CreateDirectory(folder);
        var may = OperatingSystem.IsLinux() && Environment.UserName == "root";
        var size = Invariant($"size={megabytes}m,mode=700");
        return may && await RunAsync("mount", "-t", "tmpfs", "-o", size, "twintrack-chaos", folder)
            ? new SmallDisk(folder) : null;
    }

    /// <summary>Leaves no room.</summary>
    public async Task FillAsync(CancellationToken cancel)
    {
        var piece = new byte[PieceBytes];
        try
        {
            await using var file = new FileStream(
                Ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            while (true)
            {
                await file.WriteAsync(piece, cancel);
            }
        }
        catch (IOException)
        {
            // The device is full, as intended.
        }
    }

    public void Empty() => File.Delete(Ballast);

    /// <summary>
    /// The programs on it must have ended. Files on it are gone; <paramref name="keep"/> takes a copy first.
    /// </summary>
    public async Task UnmountAsync(string? keep)
    {
        Empty();
        if (keep is not null)
        {
            await RunAsync("cp", "-a", _folder, keep);
        }

        if (!await RunAsync("umount", _folder))
        {
            await RunAsync("umount", "-l", _folder);
        }
    }

    public async ValueTask DisposeAsync() => await UnmountAsync(null);

    private static async Task<bool> RunAsync(string program, params string[] arguments) =>
        (await CommandRun.RunAsync(program, "/", arguments)).Code == 0;
}
