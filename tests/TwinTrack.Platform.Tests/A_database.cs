using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Platform.Tests.Bakery;

namespace TwinTrack.Platform.Tests;

public sealed class A_database
{
    [Fact]
    public async Task Whose_first_process_was_killed_while_it_migrated_is_opened_by_the_next()
    {
        var data = Directory.CreateTempSubdirectory("bakery-").FullName;
        await using (var killed = new SqliteConnection($"Data Source={Path.Combine(data, "bakery.db")};Pooling=False"))
        {
            // What EF's migrator leaves when it is killed: its lock, taken.
            await killed.OpenAsync();
            await using var command = killed.CreateCommand();
            command.CommandText = """
                CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY, "Timestamp" TEXT NOT NULL);
                INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01');
                """;
            await command.ExecuteNonQueryAsync();
        }

        await using var bakery = await BakeryHost.StartAsync(data).WaitAsync(TimeSpan.FromSeconds(90));

        (await bakery.InDbAsync(db => db.Loaves.CountAsync())).Should().Be(0);
    }

    [Fact]
    public async Task Takes_the_migrations_of_Platform_before_those_of_its_service()
    {
        await using var bakery = await BakeryHost.StartAsync();

        var noted = await bakery.InDbAsync(db => db.Database.SqlQuery<string>(
            $"select \"MigrationId\" as \"Value\" from \"__EFMigrationsHistory\" order by rowid").ToListAsync());

        noted.Should().EndWith("0001_bakery");
        noted.SkipLast(1).Should().NotBeEmpty().And.BeInAscendingOrder(StringComparer.Ordinal)
            .And.OnlyContain(id => id.StartsWith("platform.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whose_migration_fails_is_left_as_it_was()
    {
        var data = Directory.CreateTempSubdirectory("bakery-").FullName;
        await using var file = new SqliteConnection($"Data Source={Path.Combine(data, "bakery.db")};Pooling=False");
        await file.OpenAsync();
        await using var command = file.CreateCommand();
        command.CommandText = "CREATE TABLE orders (name TEXT)";
        await command.ExecuteNonQueryAsync();

        var start = () => BakeryHost.StartAsync(data);

        (await start.Should().ThrowAsync<SqliteException>()).Which.Message.Should().Contain("orders");
        command.CommandText = "SELECT group_concat(name) FROM sqlite_master";
        (await command.ExecuteScalarAsync()).Should().Be("orders", "Platform's tables went back with the rest");
    }
}
