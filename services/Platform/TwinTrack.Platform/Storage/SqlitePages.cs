using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace TwinTrack.Platform.Storage;

/// <summary>
/// Gives every SQLite connection a larger page cache. With SQLite's default of two megabytes, a table of a hundred
/// thousand rows is read from the file for each chunk. Durability is unchanged: each commit is synced.
/// </summary>
internal sealed class SqlitePages : DbConnectionInterceptor
{
    /// <summary>A negative cache_size is in KiB, per connection (SQLite, PRAGMA cache_size).</summary>
    private const string CachePragmas =
        "PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 268435456;";

    /// <summary>
    /// Handles that already have the settings. A handle returns to the pool, is opened again many times, and keeps its
    /// settings.
    /// </summary>
    private static readonly ConditionalWeakTable<sqlite3, object> Given = [];

    internal static readonly SqlitePages Instance = new();

    private SqlitePages()
    {
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) =>
        Give(connection);

    public override Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Give(connection);
        return Task.CompletedTask;
    }

    private static void Give(DbConnection connection)
    {
        if (connection is SqliteConnection { Handle: { } handle } && Given.TryAdd(handle, CachePragmas))
        {
            using var command = connection.CreateCommand();
            command.CommandText = CachePragmas;
            command.ExecuteNonQuery();
        }
    }
}
