using Microsoft.Data.Sqlite;

namespace TwinTrack.Simulation.Hosting;

/// <summary>
/// One service's database in memory, with the copy that every seed starts from. Looks past the service, with statements
/// that are prepared once.
/// </summary>
internal sealed class Store : IDisposable
{
    private readonly SqliteConnection _template = Open();
    private readonly Dictionary<string, SqliteCommand> _commands = [];

    public SqliteConnection Live { get; } = Open();

    /// <summary>Grows with every row written since the connection was opened.</summary>
    public int Changes => SQLitePCL.raw.sqlite3_total_changes(Live.Handle);

    /// <summary>Whether nobody is in the middle of a transaction.</summary>
    public bool IsAtRest => SQLitePCL.raw.sqlite3_get_autocommit(Live.Handle) != 0;

    public void Keep() => Live.BackupDatabase(_template);

    public void Restore() => _template.BackupDatabase(Live);

    public List<T> Read<T>(string sql, Func<SqliteDataReader, T> row, params object[] values)
    {
        var rows = new List<T>();
        using var reader = Prepared(sql, values).ExecuteReader();
        while (reader.Read())
        {
            rows.Add(row(reader));
        }

        return rows;
    }

    public long Count(string sql, params object[] values) => (long)(Prepared(sql, values).ExecuteScalar() ?? 0L);

    public string? Text(string sql, params object[] values) => Prepared(sql, values).ExecuteScalar() as string;

    public int Do(string sql, params object[] values) => Prepared(sql, values).ExecuteNonQuery();

    public void Dispose()
    {
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }

        Live.Dispose();
        _template.Dispose();
    }

    private static SqliteConnection Open()
    {
        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        return connection;
    }

    private SqliteCommand Prepared(string sql, object[] values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = Live.CreateCommand();
#pragma warning disable CA2100 // Statements of ours; values are parameters.
            command.CommandText = sql;
#pragma warning restore CA2100
            for (var index = 0; index < values.Length; index++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = Invariant($"@{index}") });
            }

            _commands[sql] = command;
        }

        for (var index = 0; index < values.Length; index++)
        {
            command.Parameters[index].Value = values[index];
        }

        return command;
    }
}
