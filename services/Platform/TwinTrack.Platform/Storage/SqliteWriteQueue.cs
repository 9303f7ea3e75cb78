using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace TwinTrack.Platform.Storage;

/// <summary>
/// Whose turn it is to write to a SQLite file, in the order in which they asked. The file has one writer at a time in
/// any case; but who finds it taken would sleep for 150 ms on a thread of the pool and try again, however soon it was
/// free (Microsoft.Data.Sqlite, SqliteConstants.BusyRetry). Another process is still waited for in that way.
/// </summary>
internal static class SqliteWriteQueue
{
    /// <summary>SQLITE_BUSY.</summary>
    private const int Busy = 5;

    /// <summary>As long as a statement waits for another process (Default Timeout).</summary>
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(60);

    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Files = new(StringComparer.Ordinal);

    /// <summary>Waits for the turn; give it back when the transaction has ended. PostgreSQL needs none.</summary>
    /// <exception cref="SqliteException">It did not come within a minute.</exception>
    public static async ValueTask<Turn> TakeAsync(ServiceDb db, CancellationToken cancel)
    {
        if (!db.IsSqlite())
        {
            return default;
        }

        var file = Files.GetOrAdd(db.Database.GetDbConnection().DataSource, static _ => new SemaphoreSlim(1, 1));
        return await file.WaitAsync(WaitMax, cancel)
            ? new Turn(file) : throw new SqliteException("The database is being written to.", Busy);
    }

    internal readonly struct Turn(SemaphoreSlim? file) : IDisposable
    {
        public void Dispose() => file?.Release();
    }
}
