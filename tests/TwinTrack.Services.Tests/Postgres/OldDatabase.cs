using System.Data.Common;
using System.Globalization;
using System.Reflection;
using Microsoft.Data.Sqlite;
using Npgsql;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Services.Tests.Postgres;

/// <summary>
/// A service's database as an earlier build left it. It has the tables of that build's scripts, the notes of them, and
/// a row in every table. It is built from the scripts, which never change, not stored as a binary file. At that time,
/// Platform's part of a script stood in the script of the service.
/// </summary>
internal sealed class OldDatabase(DbConnection connection) : IAsyncDisposable
{
    /// <summary>What each service's scripts did to Platform's tables, before those had scripts of their own.</summary>
    private static readonly string[] ByEachService =
        ["0001_initial", "0002_messages", "0003_trace_context", "0004_room_to_update"];

    private bool Sqlite => connection is SqliteConnection;

    private string Columns => Sqlite
        ? "select m.name, p.name, p.type from sqlite_master m, pragma_table_info(m.name) p where m.type = 'table' and "
            + "m.name not like '\\_\\_EF%' escape '\\' and m.name not like 'sqlite\\_%' escape '\\' order by 1, p.cid"
        : "select table_name, column_name, data_type from information_schema.columns where table_schema = 'public' "
            + "and table_name not like '\\_\\_EF%' order by table_name, ordinal_position";

    /// <summary>
    /// What two databases must share to be the same: columns with their types, keys, checks and indexes.
    /// </summary>
    private string[] ShapeQueries => Sqlite
        ?
        [
            "select m.name, p.name, p.type, p.\"notnull\", p.pk from sqlite_master m, pragma_table_info(m.name) p "
                + "where m.type = 'table' and m.name not like '\\_\\_EF%' escape '\\'",
            "select name, replace(sql, char(10), ' ') from sqlite_master where type = 'index' and sql is not null",
        ]
        :
        [
            "select table_name, column_name, data_type, character_maximum_length, is_nullable from "
                + "information_schema.columns where table_schema = 'public' and table_name not like '\\_\\_EF%'",
            "select indexdef from pg_indexes where schemaname = 'public' and tablename not like '\\_\\_EF%'",
            "select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint where "
                + "connamespace = 'public'::regnamespace and conrelid::regclass::text not like '%\\_\\_EF%'",
        ];

    public static async Task<OldDatabase> OpenAsync(DbConnection connection)
    {
        await connection.OpenAsync();
        return new OldDatabase(connection);
    }

    /// <summary>The migrations of the service in this assembly, in order. An older build had a first part.</summary>
    public static IEnumerable<string> VersionsOf(Assembly service) =>
        service.GetManifestResourceNames().Where(resource => resource.EndsWith(".sqlite.sql", StringComparison.Ordinal))
            .Select(resource => resource.Split('.')[^3]).Union(ByEachService).Order(StringComparer.Ordinal);

    /// <summary>Makes it what a build of the service in this assembly made whose last migration was this one.</summary>
    public async Task MakeAsync(Assembly service, string version)
    {
        await RunAsync(
            "create table \"__EFMigrationsHistory\" (\"MigrationId\" varchar(150) not null primary key, "
                + "\"ProductVersion\" varchar(32) not null)");
        foreach (var id in VersionsOf(service).TakeWhile(id => string.CompareOrdinal(id, version) <= 0))
        {
            var platform = ByEachService.Contains(id) ? Script(typeof(ServiceDb).Assembly, id) : "";
            await RunAsync($"select 1; {platform} {Script(service, id)}");
            await RunAsync($"insert into \"__EFMigrationsHistory\" values ('{id}', '10.0.0')");
        }

        var waiting = (await TablesAsync()).Select(table => (table.Key, table.Value)).ToList();
        while (waiting.Count > 0)
        {
            var before = waiting.Count;
            foreach (var table in waiting.ToList())
            {
                if (await FillAsync(table.Key, table.Value))
                {
                    waiting.Remove(table);
                }
            }

            waiting.Count.Should().BeLessThan(
                before, "every table takes a row: {0}", string.Join(", ", waiting.Select(table => table.Key)));
        }
    }

    /// <summary>Runs a script of ours.</summary>
    public async Task RunAsync(string script)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The service's own scripts and names.
        command.CommandText = script;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Tables and their columns with types.</summary>
    public async Task<Dictionary<string, List<(string Column, string Type)>>> TablesAsync() =>
        (await ReadAsync(Columns)).GroupBy(row => row[0])
            .ToDictionary(table => table.Key, table => table.Select(row => (row[1], row[2])).ToList());

    /// <summary>
    /// Tables whose rows a migration has moved: what they held, and where the same is to be read afterwards.
    /// </summary>
    private static readonly Dictionary<string, (string Before, string After)> Moved = new()
    {
        ["protocols"] = (
            "select \"programme\", \"currency\", '{\"currency\":\"' || \"currency\" || '\",\"reasons\":' || "
                + "\"reasons\" || ',\"proposerRoles\":' || \"proposer_roles\" || ',\"quorum\":' || \"quorum\""
                + " || ',\"proposalValidHours\":' || \"proposal_valid_hours\" || ',\"watchSeconds\":' || "
                + "\"watch_seconds\" || '}' from \"protocols\"",
            "select \"programme\", \"currency\", \"terms\" from \"protocol_versions\" where \"area\" = '*' and "
                + "\"version\" = 1"),
    };

    /// <summary>
    /// Columns that a migration has dropped. The adapter of the channel declares anew what the first three held. A
    /// switch holds no gate and takes no snapshot any more, and a unit is of no epoch.
    /// </summary>
    private static readonly HashSet<(string Table, string Column)> Dropped =
        [("channels", "recall"), ("channels", "status_query"), ("channels", "validity_hours"), ("channels", "held_by"),
            ("switches", "snapshot_asked"), ("units", "epoch"), ("sent_units", "epoch")];

    /// <summary>Columns that a migration has renamed.</summary>
    private static readonly Dictionary<(string Table, string Column), string> RenamedColumns = new()
    {
        [("switch_channels", "fenced_at")] = "proved_at",
    };

    /// <summary>Rows that a migration has added: each old channel is asked for what its adapter can do.</summary>
    private static readonly Dictionary<string, string> Added = new() { ["jobs"] = "\"kind\" <> 'abilities'" };

    /// <summary>Tables that a migration has renamed.</summary>
    private static readonly Dictionary<string, string> Renamed = new()
    {
        ["applied_moves"] = "applied_state_changes",
        ["cycles_in"] = "received_cycles",
        ["funds_movements"] = "booked_fund_movements",
        ["obligation_claim"] = "obligation_claims",
        ["queue"] = "queued_orders",
        ["submissions"] = "payment_orders",
        ["units"] = "sent_units",
        ["unmatched"] = "unmatched_references",
    };

    /// <summary>Each row of these columns of these tables, as text.</summary>
    /// <param name="upgraded">
    /// Whether the migrations have run: rows that they moved are read where they are now.
    /// </param>
    public async Task<List<string>> RowsAsync(
        Dictionary<string, List<(string Column, string Type)>> tables, bool upgraded)
    {
        var rows = new List<string>();
        foreach (var (table, columns) in tables)
        {
            var now = upgraded ? Renamed.GetValueOrDefault(table, table) : table;
            var read = await ReadAsync(
                Moved.TryGetValue(table, out var moved) ? (upgraded ? moved.After : moved.Before)
                : $"select {Kept(table, columns, upgraded)} from \"{now}\" where "
                    + Added.GetValueOrDefault(table, "1 = 1"));
            rows.AddRange(read.Select(row => $"{table}: {string.Join('|', row)}"));
        }

        return rows;
    }

    private static string Kept(string table, List<(string Column, string Type)> columns, bool upgraded) => string.Join(
        ", ", columns.Select(column => column.Column).Where(column => !Dropped.Contains((table, column)))
            .Select(column => upgraded ? RenamedColumns.GetValueOrDefault((table, column), column) : column)
            .Select(column => $"\"{column}\""));

    public async Task<List<string>> ShapeAsync()
    {
        var shape = new List<string>();
        foreach (var query in ShapeQueries)
        {
            shape.AddRange((await ReadAsync(query)).Select(row => string.Join(' ', row)));
        }

        return shape;
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    /// <summary>Empty where the migration does nothing on this engine, or to these tables.</summary>
    private string Script(Assembly owner, string id)
    {
        var name = owner.GetManifestResourceNames().SingleOrDefault(
            resource => resource.EndsWith($"{id}.{(Sqlite ? "sqlite" : "postgres")}.sql", StringComparison.Ordinal));
        if (name is null)
        {
            return "";
        }

        using var reader = new StreamReader(owner.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    /// <summary>False when it refers to a row that is not there yet.</summary>
    private async Task<bool> FillAsync(string table, List<(string Column, string Type)> columns)
    {
        try
        {
            await RunAsync(
                $"insert into \"{table}\" ({string.Join(", ", columns.Select(column => $"\"{column.Column}\""))}) "
                    + $"values ({string.Join(", ", columns.Select(column => Some(column.Column, column.Type)))})");
            return true;
        }
        catch (DbException)
        {
            return false;
        }
    }

    /// <summary>
    /// Always the same of its kind, so that references between tables hold. Only a second person is another one.
    /// </summary>
    private static string Some(string column, string type) => type switch
    {
        _ when column == "decided_by" => "'y'",
        "uuid" => "'018f0000-0000-7000-8000-000000000001'",
        "bigint" or "integer" or "INTEGER" => "1",
        "boolean" => "true",
        "date" => "'2026-01-01'",
        "bytea" => "'\\x01'",
        "BLOB" => "x'01'",
        _ => "'x'",
    };

    private async Task<List<string[]>> ReadAsync(string query)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The test's own queries.
        command.CommandText = query;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string[]>();
        while (await reader.ReadAsync())
        {
            rows.Add(
                [.. Enumerable.Range(0, reader.FieldCount)
                    .Select(field => reader.GetValue(field) is byte[] bytes ? Convert.ToHexString(bytes)
                        : Convert.ToString(reader.GetValue(field), CultureInfo.InvariantCulture)!)]);
        }

        return rows;
    }
}
