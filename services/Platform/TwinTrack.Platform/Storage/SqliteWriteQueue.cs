using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace TwinTrack.Platform.Storage;

/// <summary>
/// Gives turns to writers of a SQLite file, in order of request. The file allows one writer at a time. Without this
/// queue, a waiting writer would sleep for 150 ms on a pool thread before each retry (Microsoft.Data.Sqlite,
/// SqliteConstants.BusyRetry). A writer in another process is still waited for in that way.
/// </summary>
internal static class SqliteWriteQueue
{
    /// <summary>SQLITE_BUSY.</summary>
    private const int Busy = 5;

    /// <summary>The same as a statement's wait for another process (Default Timeout).</summary>
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(60);

    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Files = new(StringComparer.Ordinal);

    /// <summary>Waits for the turn. Return it when the transaction has ended. PostgreSQL needs no turn.</summary>
    /// <exception cref="SqliteException">The turn did not come within a minute.</exception>
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
