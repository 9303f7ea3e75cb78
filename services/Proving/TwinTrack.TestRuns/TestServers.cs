using TwinTrack.Running;

namespace TwinTrack.TestRuns;

/// <summary>The programs that tests start, and which test projects need them.</summary>
internal static class TestServers
{
    /// <summary>Projects that are not named need none.</summary>
    private static readonly (string Project, ServerPackage[] Needs)[] Needed =
    [
        ("TwinTrack.Platform.Tests", [ServerPackage.Postgres, ServerPackage.Rabbit]),
        ("TwinTrack.Services.Tests", [ServerPackage.Postgres, ServerPackage.Rabbit]),
        ("TwinTrack.Deployment.Tests", [ServerPackage.Compose]),
        ("TwinTrack.EndToEnd.Tests",
            [ServerPackage.Postgres, ServerPackage.Rabbit, ServerPackage.Spin, ServerPackage.Compiler]),
    ];

    /// <summary>
    /// Installs what these projects need, is absent, and may be installed. Tests that need the rest are skipped, which
    /// is said.
    /// </summary>
    public static async Task EnsureAsync(IEnumerable<string> projects, CancellationToken cancel)
    {
        var names = projects.Select(path => Path.GetFileNameWithoutExtension(path)).ToHashSet();
        foreach (var server in Needed.Where(row => names.Contains(row.Project)).SelectMany(row => row.Needs).Distinct())
        {
            if (!await server.EnsureAsync(Console.Error.WriteLine, cancel))
            {
                await Console.Error.WriteLineAsync($"Tests that need {server.Title} will be skipped.");
            }
        }
    }
}
