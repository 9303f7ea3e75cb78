using TwinTrack.Running;

namespace TwinTrack.Proving.TestRuns;

/// <summary>
/// The servers' programs, for tests that start servers of their own from them, and the reader of the compose file.
/// </summary>
internal static class TestServers
{
    /// <summary>Installs what is absent and may be installed; tests that need the rest are skipped, aloud.</summary>
    public static async Task EnsureAsync(CancellationToken cancel)
    {
        foreach (var server in new[] { ServerPackage.Postgres, ServerPackage.Rabbit, ServerPackage.Compose,
            ServerPackage.Spin, ServerPackage.Compiler })
        {
            if (!await server.EnsureAsync(Console.Error.WriteLine, cancel))
            {
                await Console.Error.WriteLineAsync($"Tests that need {server.Title} will be skipped.");
            }
        }
    }
}
