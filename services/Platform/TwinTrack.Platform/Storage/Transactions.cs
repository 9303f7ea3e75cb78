using Microsoft.EntityFrameworkCore;

namespace TwinTrack.Platform.Storage;

public static class Transactions
{
    /// <summary>
    /// Does the work, saves and commits as one. On SQLite the transaction takes the write lock at once (BEGIN
    /// IMMEDIATE), so what it reads stays true until it commits; on PostgreSQL guard with <c>where</c> clauses or row
    /// locks. Joins a transaction that is already open. Writes go through here also when they are one statement:
    /// outside, they would wait for SQLite's write lock without a place in the queue for it.
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
    /// Until this transaction ends, nobody else who asks for the name in this service's schema gets it: for what no row
    /// can be locked for. On SQLite the transaction is alone in any case.
    /// </summary>
    public static async Task HoldAsync(this ServiceDb db, string name, CancellationToken cancel)
    {
        if (!db.IsSqlite())
        {
            await db.Database.ExecuteSqlAsync(
                $"select pg_advisory_xact_lock(hashtextextended(current_schema() || '.' || {name}, 0))", cancel);
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
