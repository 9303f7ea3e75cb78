using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TwinTrack.Contracts;
using TwinTrack.Embedded;
using TwinTrack.Platform;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Services.Tests.Postgres;

/// <summary>
/// Upgrades the database of each earlier build to this build, for every service on both engines. No row is lost, and
/// the result equals the model.
/// </summary>
[Collection(PostgresTests.Name)]
public sealed class An_upgraded_database(PostgresServer postgres)
{
    public static TheoryData<string, string> Versions
    {
        get
        {
            var versions = new TheoryData<string, string>();
            foreach (var module in AllModules.InReadingOrder())
            {
                foreach (var version in OldDatabase.VersionsOf(module.GetType().Assembly))
                {
                    versions.Add(module.Name, version);
                }
            }

            return versions;
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Keeps_its_rows_and_becomes_the_model_on_sqlite(string service, string version)
    {
        var data = Directory.CreateTempSubdirectory("twintrack-").FullName;
        await UpgradeAsync(
            service,
            version,
            "sqlite",
            () => new SqliteConnection($"Data Source={Path.Combine(data, service + ".db")};Pooling=false"),
            new SqliteConnection("Data Source=:memory:"),
            ["--data", data]);
        SqliteConnection.ClearAllPools();
        Directory.Delete(data, recursive: true);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Keeps_its_rows_and_becomes_the_model_on_postgres(string service, string version)
    {
        // Without pools: the databases of all versions together would hold all connections of the server.
        var old = await postgres.NewDatabaseAsync($"upgraded_{service}_{version}") + ";Pooling=false";
        await UpgradeAsync(
            service,
            version,
            "postgres",
            () => new NpgsqlConnection(old),
            new NpgsqlConnection(await postgres.NewDatabaseAsync($"model_{service}_{version}") + ";Pooling=false"),
            ["--data", Path.GetTempPath(), $"--ConnectionStrings:{service}", old]);
    }

    /// <param name="service">Its name.</param>
    /// <param name="version">The last migration of the build that made the old database.</param>
    /// <param name="engine">As <c>schema</c> takes it.</param>
    /// <param name="old">Opens the database to be upgraded.</param>
    /// <param name="empty">Where the model is made for comparison.</param>
    /// <param name="settings">What a host needs to find the old one.</param>
    private static async Task UpgradeAsync(string service, string version, string engine, Func<DbConnection> old,
        DbConnection empty, string[] settings)
    {
        var module = AllModules.InReadingOrder().Single(module => module.Name == service);
        string[] arguments = [.. settings, "--Logging:LogLevel:Default", "None"];
        await using var model = await OldDatabase.OpenAsync(empty);
        await using (var app = TwinTrackHost.Build(arguments, Topology.Arrows, [module], static _ => { }))
        {
            await model.RunAsync(app.Services.GetServices<ServiceSchema>().Single().Script(engine));
        }

        Dictionary<string, List<(string Column, string Type)>> tables;
        List<string> before;
        await using (var stored = await OldDatabase.OpenAsync(old()))
        {
            await stored.MakeAsync(module.GetType().Assembly, version);
            tables = await stored.TablesAsync();
            before = await stored.RowsAsync(tables, upgraded: false);
        }

        await TwinTrackHost.RunAsync(["migrate", .. arguments], Topology.Arrows, module);

        await using var upgraded = await OldDatabase.OpenAsync(old());
        before.Should().HaveCount(tables.Count);
        (await upgraded.RowsAsync(tables, upgraded: true)).Should().BeEquivalentTo(before);
        (await upgraded.ShapeAsync()).Should().BeEquivalentTo(await model.ShapeAsync());
    }
}
