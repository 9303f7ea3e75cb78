namespace TwinTrack.Simulators;

/// <summary>
/// The provider's side of the shared directory: reads from <c>to-provider</c> and writes to <c>from-provider</c>, whole
/// files only.
/// </summary>
internal sealed class ProviderFolder
{
    private readonly TimeProvider _clock;
    private readonly string _inbound;
    private readonly string _outbound;
    private long _written;

    internal ProviderFolder(string root, TimeProvider clock)
    {
        _clock = clock;
        _inbound = Path.Combine(root, "to-provider");
        _outbound = Path.Combine(root, "from-provider");
        Directory.CreateDirectory(Path.Combine(_inbound, "read"));
        Directory.CreateDirectory(_outbound);
    }

    /// <summary>Incoming files of this ending that are not set aside.</summary>
    internal IReadOnlyList<string> Incoming(string ending) => Files(_inbound, ending);

    /// <summary>Files of this ending that were processed before.</summary>
    internal IReadOnlyList<string> Worked(string ending) => Files(Path.Combine(_inbound, "read"), ending);

    /// <summary>When a file was written. Setting it aside does not change the time.</summary>
    internal static DateTimeOffset CameIn(string path) => File.GetLastWriteTimeUtc(path);

    /// <summary>Arrival times of the files that are not set aside.</summary>
    internal IEnumerable<DateTimeOffset> Unread(string ending) => Incoming(ending).Select(CameIn);

    internal static byte[] Read(string path) => File.ReadAllBytes(path);

    /// <summary>
    /// Moves a file away. A second file of the same name never replaces the first. A missing file is ignored.
    /// </summary>
    internal void SetAside(string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        var target = Path.Combine(_inbound, "read", Path.GetFileName(path));
        File.Move(path, File.Exists(target) ? $"{target}.{Stamp()}.again" : target);
    }

    /// <summary>Writes a file under a name that sorts by time and is never used again.</summary>
    internal void Write(string name, byte[] content)
    {
        var path = Path.Combine(_outbound, $"{Stamp()}-{name}");
        using (var file = new FileStream($"{path}.tmp", FileMode.Create, FileAccess.Write))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move($"{path}.tmp", path);
    }

    private string Stamp() =>
        Invariant($"{_clock.GetUtcNow():yyyyMMddHHmmssfff}-{Interlocked.Increment(ref _written):D6}");

    private static List<string> Files(string folder, string ending) =>
        [.. Directory.EnumerateFiles(folder).Where(path => path.EndsWith(ending, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];
}
