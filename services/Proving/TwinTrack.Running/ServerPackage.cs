using System.Globalization;
namespace TwinTrack.Running;

/// <summary>
/// A server's programs on this machine. Installed as Debian package where we may; never starts, stops or touches a
/// server or cluster of the system's.
/// </summary>
/// <param name="Title">As people call it.</param>
/// <param name="Package">Debian's name.</param>
/// <param name="Main">The program whose presence tells that it is installed.</param>
/// <param name="Folders">Where packages put its programs, beside the PATH; the later version first.</param>
internal sealed record ServerPackage(string Title, string Package, string Main, Func<IEnumerable<string>> Folders)
{
    public static readonly ServerPackage Postgres = new("PostgreSQL", "postgresql", "initdb", static () =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateDirectories("/usr/lib/postgresql").OrderByDescending(Version)
                .Select(version => Path.Combine(version, "bin"))
            : []);

    public static readonly ServerPackage Rabbit = new(
        "RabbitMQ", "rabbitmq-server", "rabbitmq-server", static () => ["/usr/lib/rabbitmq/bin"]);

    /// <summary>No server: it reads the compose file for a test, and needs no engine for that.</summary>
    public static readonly ServerPackage Compose = new(
        "docker-compose", "docker-compose", "docker-compose", static () => []);

    /// <summary>The model checker; it compiles what it searches.</summary>
    public static readonly ServerPackage Spin = new("spin", "spin", "spin", static () => []);

    public static readonly ServerPackage Compiler = new("A C compiler", "gcc", "cc", static () => []);

    private const string ClusterSettings = "/etc/postgresql-common/createcluster.conf";
    private const string ServicePolicy = "/usr/sbin/policy-rc.d";

    /// <summary>What a person does when we may not.</summary>
    public string Advice =>
        $"Install it: 'apt-get install {Package}' on Debian or Ubuntu, as root './twintrack' does it by itself.";

    /// <summary>The program's path, or null when it is not installed.</summary>
    public string? Find(string program) => CommandRun.Find(program, Folders());

    /// <summary>
    /// Installs the package when it is absent and we may. False, and the reason told, when it is still absent.
    /// </summary>
    public async Task<bool> EnsureAsync(Action<string> tell, CancellationToken cancel)
    {
        if (Find(Main) is not null)
        {
            return true;
        }

        if (!File.Exists("/usr/bin/apt-get") || Environment.UserName != "root")
        {
            tell($"{Title} is not installed and cannot be installed from here. {Advice}");
            return false;
        }

        tell($"Installing {Title} ...");
        await KeepSystemClustersAwayAsync(cancel);
        var policy = ForbidServices();
        try
        {
            var done = await RunAsync(cancel, "update", "-qq")
                && await RunAsync(cancel, "install", "-y", "-qq", "--no-install-recommends", Package);
            if (!done || Find(Main) is null)
            {
                tell($"{Title} could not be installed. {Advice}");
                return false;
            }

            return true;
        }
        finally
        {
            policy?.Delete();
        }
    }

    private static int Version(string folder) =>
        int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0;

    /// <summary>Only the programs are wanted: no PostgreSQL cluster of the system's own.</summary>
    private static async Task KeepSystemClustersAwayAsync(CancellationToken cancel)
    {
        if (!File.Exists(ClusterSettings))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(ClusterSettings)!);
            await File.WriteAllTextAsync(ClusterSettings, "create_main_cluster = false\n", cancel);
        }
    }

    /// <summary>
    /// Debian's packages start their servers at the usual ports. This file forbids it (101 = forbidden). An existing
    /// file belongs to the administrator and is kept.
    /// </summary>
    private static FileInfo? ForbidServices()
    {
        if (File.Exists(ServicePolicy) || OperatingSystem.IsWindows())
        {
            return null;
        }

        File.WriteAllText(ServicePolicy, "#!/bin/sh\nexit 101\n");
        File.SetUnixFileMode(ServicePolicy, (UnixFileMode)0b111_101_101);
        return new FileInfo(ServicePolicy);
    }

    private static async Task<bool> RunAsync(CancellationToken cancel, params string[] arguments) =>
        (await CommandRun.RunAsync(
            CommandRun.Describe("/usr/bin/apt-get", "/", arguments, ("DEBIAN_FRONTEND", "noninteractive")),
            cancel)).Code == 0;
}
