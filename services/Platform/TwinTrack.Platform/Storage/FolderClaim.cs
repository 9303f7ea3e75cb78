
namespace TwinTrack.Platform.Storage;

/// <summary>
/// Holds a data folder for one process. The operating system releases it when that process ends, however it ends.
/// </summary>
public sealed class FolderClaim : IDisposable
{
    private readonly FileStream _lock;

    private FolderClaim(FileStream held) => _lock = held;

    /// <param name="data">The data folder, made if absent.</param>
    /// <param name="user">Who uses it, e.g. <c>up</c> or a service's name. Two users may share a folder.</param>
    /// <exception cref="FolderInUseException">Another process holds it for the same user. Nothing was
    /// changed.</exception>
    public static FolderClaim Take(string data, string user)
    {
        var folder = Directory.CreateDirectory(Path.Combine(data, "in-use")).FullName;
        var holder = Path.Combine(folder, user + ".holder");
        FileStream held;
        try
        {
            held = new FileStream(
                Path.Combine(folder, user + ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException fault) when (fault.GetType() == typeof(IOException))
        {
            var who = File.Exists(holder) ? File.ReadAllText(holder) : "another process";
            throw new FolderInUseException(
                $"The data folder {data} is in use by {who}. End that process first, or choose another folder with "
                    + "--data. Nothing was changed.", fault);
        }

        // The lock file itself cannot be read by others while it is held.
        File.WriteAllText(holder, Invariant(
            $"process {Environment.ProcessId} ({user}, since {TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm:ss} UTC)"));
        return new FolderClaim(held);
    }

    public void Dispose() => _lock.Dispose();
}

/// <summary>A data folder is in use; the message names the process and says what to do.</summary>
public sealed class FolderInUseException(string message, Exception inner) : Exception(message, inner);
