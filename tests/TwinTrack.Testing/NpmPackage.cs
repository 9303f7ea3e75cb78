using TwinTrack.Running;

namespace TwinTrack.Testing;

/// <summary>
/// A package of the npm registry in the user's cache folder, brought there once by npm itself. Tests that need one
/// which cannot be had are skipped, aloud.
/// </summary>
public static class NpmPackage
{
    private static readonly SemaphoreSlim OneAtATime = new(1);

    /// <summary>The package's files alone, without what it depends on.</summary>
    public static Task<string> FilesAsync(string name, string version) =>
        GetAsync(name, version, async (npm, folder) =>
    {
        var packed = await CommandRun.RunAsync(npm, folder, ["pack", $"{name}@{version}", "--silent"]);
        return packed.Code == 0 ? await CommandRun.RunAsync("tar", folder, ["-xzf", packed.Output.Trim()]) : packed;
    });

    /// <summary>The package with all that it needs, for node to run. Scripts of packages are not.</summary>
    public static Task<string> InstalledAsync(string name, string version) => GetAsync(name, version, (npm, folder) =>
        CommandRun.RunAsync(
            npm, folder, ["install", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund", "--silent",
                $"{name}@{version}"]));

    private static async Task<string> GetAsync(
        string name, string version, Func<string, string, Task<CommandResult>> bring)
    {
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } given
            ? given
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        var folder = Path.Combine(cache, "twintrack", name.Replace('/', '-') + "-" + version);
        await OneAtATime.WaitAsync();
        try
        {
            if (!Directory.Exists(folder))
            {
                var npm = CommandRun.Find("npm")
                    ?? throw Xunit.Sdk.SkipException.ForSkip(
                        $"npm is not installed, so {name} cannot be brought here.");
                var draft = Directory.CreateDirectory(Invariant($"{folder}.{Environment.ProcessId}")).FullName;
                var outcome = await bring(npm, draft);
                if (outcome.Code != 0)
                {
                    Directory.Delete(draft, recursive: true);
                    throw Xunit.Sdk.SkipException.ForSkip(
                        $"npm could not bring {name} {version}: {outcome.Errors.Trim()}");
                }

                Settle(draft, folder);
            }

            return folder;
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    /// <summary>Whole or not at all; whoever comes second takes the first one's.</summary>
    private static void Settle(string draft, string folder)
    {
        try
        {
            Directory.Move(draft, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            Directory.Delete(draft, recursive: true);
        }
    }
}
