using System.Diagnostics;
using System.Net;
using Npgsql;

namespace TwinTrack.Running;

/// <summary>
/// A PostgreSQL of our own: own cluster, own loopback port, no socket in the system's folders.
/// </summary>
internal sealed class PostgresCluster : NamedProcess
{
    /// <summary>The cluster's superuser, for preparing roles and schemas; no service knows its password.</summary>
    public const string Superuser = "twintrack_super";

    public const string Database = "twintrack";

    private readonly ServerFolder _folder;
    private readonly string _password;
    private readonly int _connectionsMax;
    private readonly bool _durable;

    private PostgresCluster(ServerFolder folder, string password, int connectionsMax, bool durable, string logFolder)
        : base("postgres", logFolder) =>
        (_folder, _password, _connectionsMax, _durable) = (folder, password, connectionsMax, durable);

    public IPEndPoint Address { get; } = FreePort.NextEndPoint();

    public string Folder => _folder.Path;

    /// <summary>Fast shutdown: open transactions are rolled back, everything is written.</summary>
    protected override string StopSignal => "INT";

    private string Cluster => Path.Combine(_folder.Path, "cluster");

    /// <param name="data">The system's data folder; the cluster's is in it.</param>
    /// <param name="secret">Where the superuser's password comes from.</param>
    /// <param name="connectionsMax">All pools of all processes together fit under it.</param>
    /// <param name="logFolder">Where its log goes.</param>
    /// <param name="cancel">Stops waiting.</param>
    /// <param name="durable">
    /// Whether a commit reaches the disk (fsync). Tests do without: they lose nothing when the machine loses power.
    /// </param>
    public static async Task<PostgresCluster> InAsync(
        string data, ServerSecret secret, int connectionsMax, string logFolder, CancellationToken cancel,
        bool durable = true)
    {
        var folder = await ServerFolder.MakeAsync(data, "postgres", "postgres", cancel);
        return new PostgresCluster(folder, secret.PasswordOf(Superuser), connectionsMax, durable, logFolder);
    }

    /// <summary>As the superuser, to this database.</summary>
    public string SuperuserTo(string database) => To(database, Superuser, _password);

    public string To(string database, string user, string password) => new NpgsqlConnectionStringBuilder
    {
        Host = Address.Address.ToString(),
        Port = Address.Port,
        Database = database,
        Username = user,
        Password = password,
    }.ConnectionString;

    /// <summary>Runs SQL as the superuser.</summary>
    public async Task ExecuteAsync(string database, string sql, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(SuperuserTo(database) + ";Pooling=false");
        await connection.OpenAsync(cancel);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Scripts of ours, made of our own names.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Makes the database if it is absent.</summary>
    public async Task EnsureDatabaseAsync(CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(SuperuserTo("postgres") + ";Pooling=false");
        await connection.OpenAsync(cancel);
        await using var look = new NpgsqlCommand(
            "select 1 from pg_database where datname = $1", connection)
        { Parameters = { new() { Value = Database } } };
        if (await look.ExecuteScalarAsync(cancel) is null)
        {
            await ExecuteAsync("postgres", $"create database {Database}", cancel);
        }
    }

    protected override async Task<ProcessStartInfo> DescribeAsync(CancellationToken cancel)
    {
        if (!File.Exists(Path.Combine(Cluster, "PG_VERSION")))
        {
            await InitializeAsync(cancel);
        }

        string[] settings =
        [
            Invariant($"listen_addresses={Address.Address}"), Invariant($"port={Address.Port}"),
            "unix_socket_directories=", "cluster_name=twintrack",
            Invariant($"max_connections={_connectionsMax}"), "shared_buffers=256MB", "max_wal_size=2GB", "jit=off",
            "log_lock_waits=on", $"fsync={(_durable ? "on" : "off")}",
        ];
        return _folder.Describe(Installed("postgres"),
            ["-D", Cluster, .. settings.SelectMany(setting => new[] { "-c", setting })]);
    }

    protected override async Task<bool> IsReadyAsync(CancellationToken cancel)
    {
        try
        {
            await using var connection = new NpgsqlConnection(SuperuserTo("postgres") + ";Pooling=false;Timeout=5");
            await connection.OpenAsync(cancel);
            return true;
        }
        catch (NpgsqlException)
        {
            // Not listening yet, or still recovering.
            return false;
        }
    }

    private async Task InitializeAsync(CancellationToken cancel)
    {
        // A half made cluster of a start that was interrupted.
        if (Directory.Exists(Cluster))
        {
            Directory.Delete(Cluster, recursive: true);
        }

        var password = Path.Combine(_folder.Path, "password");
        File.Delete(password);
        await File.WriteAllTextAsync(password, _password, cancel);
        await _folder.HandOverAsync(password, cancel);
        var draft = Cluster + ".draft";
        if (Directory.Exists(draft))
        {
            Directory.Delete(draft, recursive: true);
        }

        await using var init = ChildProcess.Start(
            "postgres-init",
            _folder.Describe(
                Installed("initdb"),
                ["-D", draft, "-U", Superuser, "--pwfile", password, "-A", "scram-sha-256", "-E", "UTF8", "--locale=C",
                    "--no-instructions", .. _durable ? Array.Empty<string>() : ["--no-sync"]]),
            LogFolder);
        await init.SucceedAsync(cancel);
        File.Delete(password);
        Directory.Move(draft, Cluster);
    }

    private static string Installed(string program) => ServerPackage.Postgres.Find(program)
        ?? throw new CannotRunException(
            Invariant($"{program} is not installed. {ServerPackage.Postgres.Advice}"));
}
