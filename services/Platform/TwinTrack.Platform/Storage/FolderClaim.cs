namespace TwinTrack.Platform.Storage;

/// <summary>
/// Holds a data folder for one process. The operating system releases it when that process ends, however it ends.
/// </summary>
public sealed class FolderClaim : IDisposable
{
    private const string LockExtension = ".lock";

    private readonly FileStream _lock;

    private FolderClaim(FileStream held) => _lock = held;

    /// <param name="data">The data folder, made if absent.</param>
    /// <param name="user">Who uses it, e.g. a service's name. Two users may share a folder.</param>
    /// <exception cref="FolderInUseException">
    /// Another process holds it for the same user. Nothing was changed.
    /// </exception>
    public static FolderClaim Take(string data, string user)
    {
        Directory.CreateDirectory(Folder(data));
        var held = Lock(data, user, FileMode.OpenOrCreate);
        var now = TimeProvider.System.GetUtcNow();

        // The lock file itself cannot be read by others while it is held.
        File.WriteAllText(
            Holder(data, user),
            Invariant($"process {Environment.ProcessId} ({user}, since {now:yyyy-MM-dd HH:mm:ss} UTC)"));
        return new FolderClaim(held);
    }

    /// <summary>The same for a user that prepares the whole folder. Other users may join it afterwards.</summary>
    /// <exception cref="FolderInUseException">Another process holds it for any user. Nothing was changed.</exception>
    public static FolderClaim TakeWhole(string data, string user)
    {
        if (Directory.Exists(Folder(data)))
        {
            // The own name comes first: whoever prepared the folder also ends the others.
            foreach (var other in Directory.EnumerateFiles(Folder(data), "*" + LockExtension)
                .OrderBy(path => Path.GetFileNameWithoutExtension(path) != user))
            {
                Lock(data, Path.GetFileNameWithoutExtension(other), FileMode.Open).Dispose();
            }
        }

        return Take(data, user);
    }

    public void Dispose() => _lock.Dispose();

    private static FileStream Lock(string data, string user, FileMode mode)
    {
        try
        {
            return new FileStream(
                Path.Combine(Folder(data), user + LockExtension), mode, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException fault) when (fault.GetType() == typeof(IOException))
        {
            var holder = Holder(data, user);
            var who = File.Exists(holder) ? File.ReadAllText(holder) : "another process";
            throw new FolderInUseException(
                $"The data folder {data} is in use by {who}. End that process first, or choose another folder with "
                    + "--data. Nothing was changed.", fault);
        }
    }

    private static string Folder(string data) => Path.Combine(data, "in-use");

    private static string Holder(string data, string user) => Path.Combine(Folder(data), user + ".holder");
}

/// <summary>A data folder is in use; the message names the process and says what to do.</summary>
public sealed class FolderInUseException(string message, Exception inner) : Exception(message, inner);
