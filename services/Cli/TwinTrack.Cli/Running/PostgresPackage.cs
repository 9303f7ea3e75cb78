using System.Diagnostics;

namespace TwinTrack.Cli.Running;

/// <summary>Makes PostgreSQL's programs available to the tests, which start a server of their own from them. Never starts or touches a server.</summary>
internal static class PostgresPackage
{
    private const string Programs = "/usr/lib/postgresql";
    private const string ClusterSettings = "/etc/postgresql-common/createcluster.conf";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Installs the Debian package when it is absent and we may; else says what to do, and the tests that need it are skipped.</summary>
    public static async Task EnsureAsync(CancellationToken cancel)
    {
        if (Directory.Exists(Programs) && Directory.EnumerateFiles(Programs, "initdb", SearchOption.AllDirectories).Any())
        {
            return;
        }

        if (!File.Exists("/usr/bin/apt-get") || Environment.UserName != "root")
        {
            Console.Error.WriteLine("PostgreSQL is not installed and cannot be installed from here: 'apt-get install postgresql' on Debian. Its tests will be skipped.");
            return;
        }

        Console.Error.WriteLine("Installing PostgreSQL for the tests ...");
        if (!File.Exists(ClusterSettings))
        {
            // Only the programs are wanted: no cluster of the system's own, and so no server at a fixed port.
            Directory.CreateDirectory(Path.GetDirectoryName(ClusterSettings)!);
            await File.WriteAllTextAsync(ClusterSettings, "create_main_cluster = false\n", cancel);
        }

        var done = await RunAsync(cancel, "update", "-qq") && await RunAsync(cancel, "install", "-y", "-qq", "--no-install-recommends", "postgresql");
        if (!done)
        {
            Console.Error.WriteLine("PostgreSQL could not be installed. Its tests will be skipped.");
        }
    }

    private static async Task<bool> RunAsync(CancellationToken cancel, params string[] arguments)
    {
        var start = new ProcessStartInfo("/usr/bin/apt-get", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["DEBIAN_FRONTEND"] = "noninteractive" },
        };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        try
        {
            await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            return false;
        }
    }
}
