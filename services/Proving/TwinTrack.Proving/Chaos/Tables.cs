using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace TwinTrack.Proving.Chaos;

/// <summary>Reads the services' databases directly. The SQL must be valid on SQLite and PostgreSQL.</summary>
internal abstract class Tables
{
    public static readonly string[] Services =
        ["enrolments", "entitlements", "payments", "routing", "providers", "reconciliation"];

    /// <summary>A random number from 0, below this, as the engine's SQL says it.</summary>
    public abstract string RandomBelow(int limit);

    /// <summary>All rows as text; ids in lower case without hyphens, null as empty.</summary>
    public async Task<List<string[]>> AskAsync(string service, string sql, CancellationToken cancel)
    {
        await using var connection = await OpenAsync(service, cancel);
        await using var command = Command(connection, sql);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<string[]>();
        while (await reader.ReadAsync(cancel))
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(column => Text(reader.GetValue(column)))]);
        }

        return rows;
    }

    /// <summary>Changes something; gives how many rows.</summary>
    public async Task<int> DoAsync(string service, string sql, CancellationToken cancel,
        params (string Name, object Value)[] values)
    {
        await using var connection = await OpenAsync(service, cancel);
        await using var command = Command(connection, sql);
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        return await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>The columns of a service's table.</summary>
    public abstract Task<IReadOnlyList<string>> ColumnsAsync(string service, string table, CancellationToken cancel);

    /// <summary>From now on copies each deleted outbox row to a table <c>chaos_tap</c>.</summary>
    public abstract Task TapAsync(string service, CancellationToken cancel);

    protected abstract Task<DbConnection> OpenAsync(string service, CancellationToken cancel);

    private static DbCommand Command(DbConnection connection, string sql)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Statements of ours, put together from names of ours.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }

    private static string Text(object value) => value switch
    {
        DBNull => "",
        Guid id => id.ToString("n"),
        string text when Guid.TryParseExact(text, "D", out var id) => id.ToString("n"),
        bool truth => truth ? "1" : "0",
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!,
    };
}

/// <summary>The files of an embedded host.</summary>
internal sealed class SqliteTables(string folder) : Tables
{
    private const int PatienceSeconds = 30;

    public override string RandomBelow(int limit) => Invariant($"(abs(random()) % {limit})");

    public override async Task<IReadOnlyList<string>> ColumnsAsync(
        string service, string table, CancellationToken cancel) =>
        [.. (await AskAsync(service, $"SELECT name FROM pragma_table_info('{table}') ORDER BY cid", cancel)).Select(
            row => row[0])];

    public override async Task TapAsync(string service, CancellationToken cancel)
    {
        var columns = await ColumnsAsync(service, "outbox", cancel);
        await DoAsync(
            service,
            $"""
            CREATE TABLE IF NOT EXISTS chaos_tap AS SELECT * FROM outbox WHERE 0;
            CREATE TRIGGER IF NOT EXISTS chaos_tap_fill AFTER DELETE ON outbox
            BEGIN
              INSERT INTO chaos_tap ({string.Join(", ", columns)})
              VALUES ({string.Join(", ", columns.Select(column => "old." + column))});
            END;
            """,
            cancel);
    }

    protected override async Task<DbConnection> OpenAsync(string service, CancellationToken cancel)
    {
        // Without a pool, because an open file would keep the disk busy.
        var connection = new SqliteConnection(
            $"Data Source={Path.Combine(folder, service + ".db")};Mode=ReadWrite;Pooling=False;Default "
                + $"Timeout={PatienceSeconds}");
        await connection.OpenAsync(cancel);
        return connection;
    }
}
