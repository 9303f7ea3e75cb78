namespace TwinTrack.Proving.Systems;

/// <summary>
/// A copy of the sources under artifacts, in which a command may change what it likes. It stays there, so that the next
/// run builds only what has changed.
/// </summary>
internal static class SourcesCopy
{
    private static readonly string[] Left = ["artifacts", ".git", "bin", "obj", "node_modules"];

    /// <param name="sources">The folder of the repository.</param>
    /// <param name="name">Of the copy; one for each command that changes sources.</param>
    /// <returns>The folder of the copy.</returns>
    public static string Make(string sources, string name)
    {
        var copy = Directory.CreateDirectory(Path.Combine(sources, "artifacts", name)).FullName;
        Mirror(new DirectoryInfo(sources), copy);
        return copy;
    }

    /// <summary>Tests in the copy find the conformance data where those of the sources do.</summary>
    public static (string Name, string Value)[] Environment(string sources)
    {
        const string Variable = "TWINTRACK_CONFORMANCE";
        var beside = Path.GetFullPath(Path.Combine(sources, "..", "shared", "conformance"));
        return System.Environment.GetEnvironmentVariable(Variable) is null && Directory.Exists(beside)
            ? [(Variable, beside)] : [];
    }

    /// <summary>Copies what differs and deletes what is gone. A file that is the same keeps its time.</summary>
    private static void Mirror(DirectoryInfo from, string to)
    {
        Directory.CreateDirectory(to);
        var kept = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in from.EnumerateFileSystemInfos().Where(entry => !Left.Contains(entry.Name)))
        {
            kept.Add(entry.Name);
            var target = Path.Combine(to, entry.Name);
            if (entry is DirectoryInfo folder)
            {
                Mirror(folder, target);
            }
            else if (!File.Exists(target) || !File.ReadAllBytes(target).AsSpan().SequenceEqual(
                File.ReadAllBytes(entry.FullName)))
            {
                File.WriteAllBytes(target, File.ReadAllBytes(entry.FullName));
            }
        }

        foreach (var gone in new DirectoryInfo(to).EnumerateFileSystemInfos()
            .Where(entry => !kept.Contains(entry.Name) && !Left.Contains(entry.Name)))
        {
            if (gone is DirectoryInfo folder)
            {
                folder.Delete(recursive: true);
            }
            else
            {
                gone.Delete();
            }
        }
    }
}
