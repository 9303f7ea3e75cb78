using System.Data;
using Microsoft.EntityFrameworkCore;

namespace TwinTrack.Platform.Storage;

public static class Transactions
{
    /// <summary>
    /// Runs the work, saves and commits in one transaction. On SQLite the transaction takes the write lock at once
    /// (BEGIN IMMEDIATE), so its reads stay true until it commits. On PostgreSQL guard with <c>where</c> clauses or row
    /// locks. Joins a transaction that is already open. Single statements use it too. Otherwise they would wait for
    /// SQLite's write lock without a place in its queue.
    /// </summary>
    public static async Task<T> InTransactionAsync<T>(this ServiceDb db, Func<Task<T>> work, CancellationToken cancel)
    {
        if (db.Database.CurrentTransaction is not null)
        {
            var joined = await work();
            await db.SaveChangesAsync(cancel);
            return joined;
        }

        using var turn = await SqliteWriteQueue.TakeAsync(db, cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var result = await work();
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return result;
    }

    /// <summary>
    /// Runs several reads over one state of the database, so that their counts and rows agree. It takes no write lock
    /// and changes nothing.
    /// </summary>
    public static async Task<T> ReadOneStateAsync<T>(this ServiceDb db, Func<Task<T>> read, CancellationToken cancel)
    {
        // Microsoft.Data.Sqlite begins a deferred transaction at this level. With a private cache it is serializable,
        // and under WAL it keeps the state of its first read.
        var level = db.IsSqlite() ? IsolationLevel.ReadUncommitted : IsolationLevel.RepeatableRead;
        await using var snapshot = await db.Database.BeginTransactionAsync(level, cancel);
        return await read();
    }

    /// <summary>
    /// Locks a name in this service's schema until the transaction ends. Use it when there is no row to lock. On SQLite
    /// the transaction is alone in any case.
    /// </summary>
    public static async Task LockAsync(this ServiceDb db, string name, CancellationToken cancel)
    {
        if (!db.IsSqlite())
        {
            await db.Database.ExecuteSqlAsync(
                $"select pg_advisory_xact_lock(hashtextextended(coalesce(current_schema(), '') || '.' || {name}, 0))",
                cancel);
        }
    }

    public static Task InTransactionAsync(this ServiceDb db, Func<Task> work, CancellationToken cancel) =>
        db.InTransactionAsync(
            async () =>
            {
                await work();
                return true;
            },
            cancel);
}
