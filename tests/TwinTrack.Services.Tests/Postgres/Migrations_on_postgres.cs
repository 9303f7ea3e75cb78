using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TwinTrack.Embedded;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Services.Tests.Postgres;

[Collection(PostgresTests.Name)]
public sealed class Migrations_on_postgres(PostgresServer postgres)
{
    private const string Shape = """
        select 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || coalesce(character_maximum_length::text, '') || ' ' || is_nullable
        from information_schema.columns where table_schema = current_schema() and table_name <> '__EFMigrationsHistory'
        union all
        select 'index ' || replace(indexdef, current_schema() || '.', '') from pg_indexes where schemaname = current_schema() and tablename <> '__EFMigrationsHistory'
        order by 1
        """;

    [Fact]
    public async Task Make_the_tables_of_the_model()
    {
        var settings = new List<string>();
        foreach (var module in AllModules.InReadingOrder())
        {
            settings.Add($"--ConnectionStrings:{module.Name}");
            settings.Add(await postgres.NewDatabaseAsync($"migrated_{module.Name}"));
        }

        await using var host = await TestHost.StartAsync(null, [.. settings], null, AllModules.InReadingOrder());
        foreach (var schema in host.App.Services.GetServices<ServiceSchema>())
        {
            var migrated =
                await ShapeAsync(settings[settings.IndexOf($"--ConnectionStrings:{schema.Service}") + 1], null);
            var modelled =
                await ShapeAsync(await postgres.NewDatabaseAsync($"modelled_{schema.Service}"),
                    schema.Script("postgres"));

            modelled.Should().NotBeEmpty();
            migrated.Should().Equal(modelled, $"the migrations of {schema.Service} must make what its model says");
        }
    }

    private static async Task<List<string>> ShapeAsync(string database, string? script)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        if (script is not null)
        {
#pragma warning disable CA2100 // The model's own script.
            command.CommandText = script;
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync();
        }

        command.CommandText = Shape;
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<string>();
        while (await reader.ReadAsync())
        {
            found.Add(reader.GetString(0));
        }

        return found;
    }
}
