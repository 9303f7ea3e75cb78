using System.Diagnostics;
using Npgsql;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Tests.Servers;

namespace TwinTrack.Services.Tests.Postgres;

/// <summary>
/// A PostgreSQL of the test's own: its own data folder, a free loopback port, stopped when the tests are done. Absent,
/// the tests say so aloud.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private const int StartsMax = 5;

    private string _folder = "";
    private int _port;

    /// <summary>Null while the server runs; else why it does not.</summary>
    public string? Absent { get; private set; }

    public async ValueTask InitializeAsync()
    {
        if (Programs() is null)
        {
            Absent = "PostgreSQL is not installed: './twintrack test' installs it on Debian when it may.";
            return;
        }

        _folder = Directory.CreateTempSubdirectory("twintrack-pg-").FullName;
        if (Root)
        {
            await RunAsync("chown", "postgres", _folder);
        }

        await ProgramAsync("initdb", "-D", Cluster, "-U", "twintrack", "-A", "trust", "-E", "UTF8", "--no-sync");
        for (var start = 1; ; start++)
        {
            _port = FreePort.Next();
            try
            {
                await StartAsync();
                return;
            }
            catch (InvalidOperationException) when (start < StartsMax)
            {
                // Somebody took the port between the look and the start.
                continue;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_folder.Length > 0)
        {
            NpgsqlConnection.ClearAllPools();
            await StopAsync();
            Directory.Delete(_folder, recursive: true);
        }
    }

    /// <summary>Starts it, or starts it again, on its port.</summary>
    public Task StartAsync() => ProgramAsync(
        "pg_ctl", "-D", Cluster, "-w", "-l", Path.Combine(_folder, "log"), "-o",
        Invariant($"-p {_port} -k {_folder} -h 127.0.0.1 -c fsync=off"), "start");

    /// <summary>Stops it without leave, as a crash would; only a test that has a server of its own may.</summary>
    public Task StopAsync() => ProgramAsync("pg_ctl", "-D", Cluster, "-m", "immediate", "-w", "stop");

    /// <summary>A connection string to a new, empty database. Skips the test aloud when there is no server.</summary>
    public async Task<string> NewDatabaseAsync(string name)
    {
        if (Absent is not null)
        {
            throw Xunit.Sdk.SkipException.ForSkip(Absent);
        }

        // Not from the pool: what lies there has not heard of a server that was started again.
        await using var connection = new NpgsqlConnection(To("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The name is the test's own constant.
        command.CommandText = $"create database \"{name}\"";
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
        return To(name);
    }

    private static bool Root => Environment.UserName == "root";

    private string Cluster => Path.Combine(_folder, "cluster");

    private string To(string database) =>
        Invariant(
            $"Host=127.0.0.1;Port={_port};Username=twintrack;Database={database};Timeout=15;Maximum Pool Size=20");

    private static string? Programs() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin"))
            .OrderDescending().FirstOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
        : null;

    private static Task ProgramAsync(string program, params string[] arguments)
    {
        var path = Path.Combine(Programs()!, program);
        // PostgreSQL refuses to run as root, so root runs it as the account that its package made.
        return Root ? RunAsync("runuser", ["-u", "postgres", "--", path, .. arguments]) : RunAsync(path, arguments);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process =
            Process.Start(
                new ProcessStartInfo(program, arguments) { WorkingDirectory = "/", RedirectStandardError = true,
                    RedirectStandardInput = true })!;
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(Invariant($"{program} ended with {process.ExitCode}."));
        }
    }
}

[CollectionDefinition(Name)]
public sealed class PostgresTests : ICollectionFixture<PostgresServer>
{
    public const string Name = "PostgreSQL";
}
