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
}
