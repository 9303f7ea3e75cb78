namespace TwinTrack.Testing;

/// <summary>
/// Third-party test data beside the repository, never in it: ../shared/conformance, or TWINTRACK_CONFORMANCE. Without
/// it, the tests that need it are skipped with the reason.
/// </summary>
public static class Conformance
{
    /// <summary>Null when the data is not here.</summary>
    public static string? Folder { get; } = Find();

    public static string File(string path) =>
        Folder is { } folder && System.IO.File.Exists(Path.Combine(folder, path))
            ? Path.Combine(folder, path)
            : throw Xunit.Sdk.SkipException.ForSkip(
                $"No {path}: set TWINTRACK_CONFORMANCE or lay the data in ../shared/conformance.");

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("TWINTRACK_CONFORMANCE") is { Length: > 0 } given)
        {
            return given;
        }

        var beside = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "conformance"));
        return Directory.Exists(beside) ? beside : null;
    }
}
