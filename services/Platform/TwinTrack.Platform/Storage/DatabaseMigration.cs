using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace TwinTrack.Platform.Storage;

/// <summary>
/// Applies a service's migrations. The command <c>migrate</c> calls it, or the start of a process that has its database
/// to itself.
/// </summary>
internal interface IDatabaseMigration
{
    Task ApplyAsync(CancellationToken cancel);
}

/// <summary>
/// Brings the tables to what this build expects. On a schema with a role of its own, grants that role its rights.
/// </summary>
internal sealed partial class DatabaseMigration<TDb>(
    IServiceScopeFactory scopes, ServiceName<TDb> service, ILogger<DatabaseMigration<TDb>> logger) : IDatabaseMigration
    where TDb : ServiceDb
{
    public async Task ApplyAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        if (await db.ApplyMigrationsAsync(cancel) is { Count: > 0 } applied)
        {
            LogApplied(logger, service.Value, applied);
        }

        if (!db.IsSqlite() && await RunsAsOwnerAsync(db, cancel))
        {
            await db.Database.ExecuteSqlRawAsync(
                new DatabaseRoles(service.Value).Grants(AppendOnly.TablesOf(db.Model)), cancel);
        }
    }

    private async Task<bool> RunsAsOwnerAsync(TDb db, CancellationToken cancel)
    {
        var owner = DatabaseRoles.OwnerOf(service.Value);
        return await db.Database.SqlQuery<bool>($"select current_user = {owner} as \"Value\"").SingleAsync(cancel);
    }

    [LoggerMessage(EventId = 142, Level = LogLevel.Information,
        Message = "Migrations applied to the database of {Service}: {Migrations}")]
    private static partial void LogApplied(ILogger logger, string service, List<string> migrations);
}

/// <summary>
/// Tables whose rows are never changed or deleted. On PostgreSQL the service's role has no right to do so.
/// </summary>
public static class AppendOnly
{
    private const string Mark = "TwinTrack:AppendOnly";

    public static void IsAppendOnly(this IMutableEntityType entity) => entity.SetAnnotation(Mark, true);

    internal static IEnumerable<string> TablesOf(IModel model) =>
        model.GetEntityTypes().Where(entity => entity.FindAnnotation(Mark) is not null)
            .Select(entity => entity.GetTableName()!).Distinct();
}

/// <summary>
/// Delays the start until the database is as this build expects. Locks a SQLite file for this process. Two hosts on one
/// folder would each treat the other's leases as dead. With <c>database:migrate</c> = false it changes nothing, and a
/// missing migration stops the start.
/// </summary>
internal sealed partial class DatabaseReady<TDb>(
    IServiceScopeFactory scopes, ServiceName<TDb> service, IEnumerable<IDatabaseMigration> migrations,
    IConfiguration configuration, TimeProvider clock,
    ILogger<DatabaseReady<TDb>> logger) : IHostedService, IDisposable
    where TDb : ServiceDb
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);
    private FileStream? _lock;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        if (db.IsSqlite())
        {
            await LockFileAsync(db, cancellationToken);
        }

        if (configuration.GetValue("database:migrate", true))
        {
            await migrations.OfType<DatabaseMigration<TDb>>().Single().ApplyAsync(cancellationToken);
        }
        else if (await PendingAsync(db, cancellationToken) is { Count: > 0 } pending)
        {
            throw new InvalidOperationException(
                $"The database of '{service.Value}' lacks {string.Join(", ", pending)}: run this program with the "
                    + $"verb 'migrate' as the schema's owner first.");
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _lock?.Dispose();

    /// <summary>A service that starts before its database waits for it.</summary>
    private async Task<List<string>> PendingAsync(TDb db, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                return await db.PendingMigrationsAsync(cancel);
            }
            catch (NpgsqlException fault) when (fault.IsTransient)
            {
                LogWaiting(logger, service.Value, fault.Message);
                await Task.Delay(RetryPause, clock, cancel);
            }
        }
    }

    private async Task LockFileAsync(TDb db, CancellationToken cancel)
    {
        var path = Path.Combine(configuration.DataFolder(), service.Value + ".lock");
        try
        {
            _lock = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException fault)
        {
            throw new InvalidOperationException(
                $"Another process already uses the database of '{service.Value}' in this folder.", fault);
        }

        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancel);
    }

    [LoggerMessage(EventId = 141, Level = LogLevel.Warning,
        Message = "The database of {Service} does not answer; waiting for it: {Fault}")]
    private static partial void LogWaiting(ILogger logger, string service, string fault);
}
