using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TwinTrack.Contracts;
using TwinTrack.Embedded;
using TwinTrack.Platform;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Services.Tests.Postgres;

/// <summary>
/// What the migrations of a service build, read back by EF's design package, against the service's EF model.
/// </summary>
[Collection(PostgresTests.Name)]
public sealed class A_migrated_database(PostgresServer postgres)
{
    public static TheoryData<string> Services => [.. AllModules.InReadingOrder().Select(module => module.Name)];

    /// <summary>Each changes a table of Platform, and says what must be noticed.</summary>
    public static TheoryData<string, string> Damages => new()
    {
        { "alter table jobs drop column trace_parent", "column jobs.trace_parent text null" },
        { "alter table jobs add column priority integer", "column jobs.priority integer null" },
        {
            "alter table jobs drop column error; alter table jobs add column error text not null default ''",
            "column jobs.error text not null"
        },
        {
            "alter table jobs drop column attempts; alter table jobs add column attempts text not null default ''",
            "column jobs.attempts text not null"
        },
        { "drop table dead_letters", "primary key dead_letters (message_id)" },
        { "create table extra (id integer primary key)", "primary key extra (id)" },
        {
            "drop table inbox; create table inbox (message_id text primary key, consumer text, handled_at bigint)",
            "primary key inbox (message_id)"
        },
        {
            "drop index \"IX_outbox_destination_due_at\"",
            "index outbox.IX_outbox_destination_due_at (destination, due_at)"
        },
        {
            "drop index \"IX_outbox_destination_due_at\"; "
                + "create unique index \"IX_outbox_destination_due_at\" on outbox (destination, due_at)",
            "unique index outbox.IX_outbox_destination_due_at (destination, due_at)"
        },
        {
            "create table extra (id text primary key references stored_answers (key) on delete cascade)",
            "reference extra (id) to stored_answers (key) on delete cascade"
        },
    };

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Is_what_the_model_says_on_sqlite(string service)
    {
        await using var migrated = await SqliteAsync(service);

        migrated.Differences().Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Is_what_the_model_says_on_postgres(string service)
    {
        await using var migrated = await PostgresAsync(service, $"designed_{service}");

        migrated.Differences().Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task That_differs_is_noticed_on_sqlite(string damage, string noticed)
    {
        await using var migrated = await SqliteAsync("auth");

        await migrated.RunAsync(damage);

        migrated.Differences().Select(line => line.ToLowerInvariant()).Should().Contain(noticed.ToLowerInvariant());
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task That_differs_is_noticed_on_postgres(string damage, string noticed)
    {
        await using var migrated = await PostgresAsync("auth", $"damaged_{Guid.CreateVersion7():N}");

        await migrated.RunAsync(damage);

        migrated.Differences().Select(line => line.ToLowerInvariant()).Should().Contain(noticed.ToLowerInvariant());
    }

    [Fact]
    public async Task Is_made_once_by_processes_that_migrate_at_once()
    {
        var connection = await postgres.NewDatabaseAsync("migrated_at_once") + ";Pooling=false";
        string[] arguments = ["migrate", "--ConnectionStrings:payments", connection, "--data", Path.GetTempPath(),
            "--Logging:LogLevel:Default", "None"];
        var module = AllModules.InReadingOrder().Single(module => module.Name == "payments");

        await Task.WhenAll(Enumerable.Range(0, 3).Select(
            _ => Task.Run(() => TwinTrackHost.RunAsync(arguments, Topology.Arrows, module))));

        await using var database = new Npgsql.NpgsqlConnection(connection);
        await database.OpenAsync();
        await using var command = database.CreateCommand();
        command.CommandText = "select count(*) from \"__EFMigrationsHistory\" where \"MigrationId\" = '0001_initial'";
        (await command.ExecuteScalarAsync()).Should().Be(1L);
    }

    private static Task<Migrated> SqliteAsync(string service) => Migrated.MakeAsync(service, []);

    private async Task<Migrated> PostgresAsync(string service, string database) =>
        await Migrated.MakeAsync(
            service, [$"--ConnectionStrings:{service}", await postgres.NewDatabaseAsync(database) + ";Pooling=false"]);

    /// <summary>A service's database as the verb <c>migrate</c> leaves it.</summary>
    private sealed class Migrated(string data, WebApplication app, ServiceDb db) : IAsyncDisposable
    {
        private DbConnection Connection => db.Database.GetDbConnection();

        public static async Task<Migrated> MakeAsync(string service, string[] settings)
        {
            var data = Directory.CreateTempSubdirectory("twintrack-").FullName;
            var module = AllModules.InReadingOrder().Single(module => module.Name == service);
            string[] arguments = [.. settings, "--data", data, "--Logging:LogLevel:Default", "None"];
            await TwinTrackHost.RunAsync(["migrate", .. arguments], Topology.Arrows, module);

            var app = TwinTrackHost.Build(arguments, Topology.Arrows, [module], static _ => { });
            var type = module.GetType().Assembly.GetTypes().Single(type => type.IsSubclassOf(typeof(ServiceDb)));
            var db = (ServiceDb)app.Services.CreateScope().ServiceProvider.GetRequiredService(type);
            return new Migrated(data, app, db);
        }

        /// <summary>Each line that only one of the two has.</summary>
        public IEnumerable<string> Differences()
        {
            var (model, database) = (SchemaShape.OfModel(db), SchemaShape.OfDatabase(db, Connection));
            model.Should().Contain(line => line.StartsWith("index outbox.", StringComparison.Ordinal));
            return model.Except(database).Concat(database.Except(model)).ToList();
        }

        public async Task RunAsync(string statements)
        {
            await Connection.OpenAsync();
            await using var command = Connection.CreateCommand();
#pragma warning disable CA2100 // The test's own statements.
            command.CommandText = statements;
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await db.DisposeAsync();
            await app.DisposeAsync();
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(data, recursive: true);
        }
    }
}
