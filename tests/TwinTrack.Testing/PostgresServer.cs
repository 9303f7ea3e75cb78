using Npgsql;
using TwinTrack.Running;
using Xunit;

namespace TwinTrack.Testing;

/// <summary>
/// A PostgreSQL of the test's own: its own data folder, a free loopback port, stopped when the tests are done. Where it
/// is not installed, the tests that need it are skipped with the reason.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private const int StartsMax = 5;
    private const int ConnectionsMax = 200;
    private const int PoolMax = 20;

    private PostgresCluster? _cluster;
    private ServerWork? _work;

    public async ValueTask InitializeAsync()
    {
        if (ServerPackage.Postgres.Find("initdb") is null)
        {
            return;
        }

        _work = ServerWork.Make("pg");
        for (var start = 1; _cluster is null; start++)
        {
            var cluster = await PostgresCluster.InAsync(
                _work.Folder, _work.Secret, ConnectionsMax, _work.Folder, CancellationToken.None, durable: false);
            try
            {
                await cluster.StartAsync(CancellationToken.None);
                _cluster = cluster;
            }
            catch (CannotRunException) when (start < StartsMax)
            {
                // Another process took the port between the look and the start.
                await cluster.DisposeAsync();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            NpgsqlConnection.ClearAllPools();
            await _cluster.DisposeAsync();
            _work!.Delete(_cluster.Folder);
        }
    }

    /// <summary>Starts it again, on its port.</summary>
    public Task StartAsync() => Cluster.StartAsync(CancellationToken.None);

    /// <summary>kill -9; only a test that has a server of its own may.</summary>
    public Task StopAsync() => Cluster.KillAsync();

    /// <summary>The superuser's connection string to a new, empty database.</summary>
    public async Task<string> NewDatabaseAsync(string name)
    {
        await Cluster.ExecuteAsync("postgres", $"create database \"{name}\"", CancellationToken.None);
        return AsSuperuser(Cluster.SuperuserTo(name));
    }

    /// <summary>The same database, as the superuser.</summary>
    public string AsSuperuser(string connection)
    {
        var given = new NpgsqlConnectionStringBuilder(connection);
        return new NpgsqlConnectionStringBuilder(Cluster.SuperuserTo(given.Database!))
        {
            Timeout = 15,
            MaxPoolSize = PoolMax,
        }.ConnectionString;
    }

    private PostgresCluster Cluster => _cluster ?? throw Xunit.Sdk.SkipException.ForSkip(
        $"PostgreSQL is not installed. {ServerPackage.Postgres.Advice}");
}
