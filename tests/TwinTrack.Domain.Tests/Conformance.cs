namespace TwinTrack.Domain.Tests;

/// <summary>
/// Third-party test data beside the repository, never in it. A test that finds none says so aloud and is counted as
/// skipped.
/// </summary>
internal static class Conformance
{
    internal static string File(string path)
    {
        var folder = Environment.GetEnvironmentVariable("TWINTRACK_CONFORMANCE") ?? Beside();
        var file = Path.Combine(folder, path);
        return System.IO.File.Exists(file) ? file
            : throw Xunit.Sdk.SkipException.ForSkip(
                $"No {path}: set TWINTRACK_CONFORMANCE or lay the data in ../shared/conformance.");
    }

    private static string Beside()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "TwinTrack.sln")))
            {
                return Path.Combine(folder.Parent!.FullName, "shared", "conformance");
            }
        }

        throw new DirectoryNotFoundException("No TwinTrack.sln above the tests.");
    }
}
