using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;

namespace TwinTrack.Platform.Storage;

/// <summary>
/// Applies migration scripts. EF's own migrator would need a class beside each script. It would also sort the scripts
/// of Platform and of a service into one list. The table that notes the applied scripts is EF's.
/// </summary>
internal static class Migrations
{
    /// <summary>Returns the ids of the scripts that this build has and the database lacks, in order.</summary>
    public static async Task<List<string>> PendingMigrationsAsync(this ServiceDb db, CancellationToken cancel) =>
        [.. (await PendingAsync(db, cancel)).Select(script => script.Id)];

    /// <summary>
    /// Applies what is pending in one transaction. A migration that fails or is killed leaves the schema as it was. Two
    /// processes wait for each other. Returns the ids of what was applied.
    /// </summary>
    public static async Task<List<string>> ApplyMigrationsAsync(this ServiceDb db, CancellationToken cancel)
    {
        var creator = db.GetService<IRelationalDatabaseCreator>();
        if (!await creator.ExistsAsync(cancel))
        {
            await creator.CreateAsync(cancel);
        }

        return await PendingAsync(db, cancel) is []
            ? [] : await db.InTransactionAsync(() => ApplyPendingAsync(db, cancel), cancel);
    }

    private static async Task<List<string>> ApplyPendingAsync(ServiceDb db, CancellationToken cancel)
    {
        await db.LockAsync("migrations", cancel);
        var history = db.GetService<IHistoryRepository>();
        await RunAsync(db, history.GetCreateIfNotExistsScript(), cancel);

        // Read again: another process may have applied them before this one came to hold the lock.
        var pending = await PendingAsync(db, cancel);
        foreach (var script in pending)
        {
            await RunAsync(db, script.Read(), cancel);
            await RunAsync(db, history.GetInsertScript(new HistoryRow(script.Id, ProductInfo.GetVersion())), cancel);
        }

        return pending.ConvertAll(script => script.Id);
    }

    private static async Task<List<MigrationScript>> PendingAsync(ServiceDb db, CancellationToken cancel)
    {
        var noted = (await db.Database.GetAppliedMigrationsAsync(cancel)).ToHashSet(StringComparer.Ordinal);
        return [.. MigrationScript.Of(db).Where(script => !script.IsIn(noted))];
    }

    /// <summary>
    /// Not ExecuteSqlRawAsync: it would read the braces of JSON in a script as places for parameters.
    /// </summary>
    private static async Task RunAsync(ServiceDb db, string script, CancellationToken cancel)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
#pragma warning disable CA2100 // The build's own scripts.
        command.CommandText = script;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancel);
    }
}
