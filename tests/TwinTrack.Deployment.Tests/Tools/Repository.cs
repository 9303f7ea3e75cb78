namespace TwinTrack.Deployment.Tests.Tools;

internal static class Repository
{
    /// <summary>The folder that holds TwinTrack.sln, found by walking up from the test's own folder.</summary>
    internal static string Root { get; } = Find();

    internal static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "TwinTrack.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("No TwinTrack.sln above the tests.");
    }
}
