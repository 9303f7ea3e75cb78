using System.ComponentModel.DataAnnotations;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using TwinTrack.Platform.Health;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Observability;
using TwinTrack.Platform.Security;

namespace TwinTrack.Platform.Storage;

public static class Database
{
    /// <summary>
    /// Registers the service's database: PostgreSQL if a connection string of its name exists, else a SQLite file. Also
    /// registers the outbox, the job runner and the audit chain, which are in the same database.
    /// </summary>
    public static void AddDatabase<TDb>(this IHostApplicationBuilder builder, string service)
        where TDb : ServiceDb
    {
        builder.Services.AddDbContext<TDb>(
            (services, options) => Configure<TDb>(options, builder.Configuration, service)
            .AddInterceptors(services.GetServices<IInterceptor>()));
        builder.Services.AddSingleton(new ServiceName<TDb>(service));
        builder.Services.AddSingleton(new ServiceSchema(service, ScriptOf<TDb>));
        builder.Services.AddSingleton<IDatabaseMigration, DatabaseMigration<TDb>>();
        builder.Services.AddSingleton<CommitSignal<TDb>>();
        builder.Services.AddHostedService<DatabaseReady<TDb>>();
        builder.Services.AddScoped<Outbox<TDb>>();
        builder.Services.AddSingleton<OutboxLeases<TDb>>();
        builder.Services.AddHostedService<OutboxDispatcher<TDb>>();
        builder.Services.AddSingleton<DeadLetters, DeadLetters<TDb>>();
        builder.Services.AddScoped<AuditTrail<TDb>>();
        builder.Services.AddHostedService<JobRunner<TDb>>();
        builder.Services.AddDatabaseProbes<TDb>();
        builder.Services.AddSingleton<IObservation, ServiceObservation<TDb>>();
    }

    internal static DbContextOptionsBuilder Configure<TDb>(
        DbContextOptionsBuilder options, IConfiguration configuration, string service)
        where TDb : ServiceDb
    {
        return configuration.GetConnectionString(service) is { } postgres
            ? options.UseNpgsql(
                postgres,
                npgsql => npgsql.MigrationsHistoryTable(HistoryRepository.DefaultTableName, SchemaOf(postgres)))
            : options.UseSqlite(
                $"Data Source={Path.Combine(DataFolder(configuration), service + ".db")};Default Timeout=60",
                sqlite => sqlite.UseParameterizedCollectionMode(ParameterTranslationMode.Parameter))
                .AddInterceptors(SqlitePages.Instance);
    }

    /// <summary>
    /// The schema in a connection string's search path. Null leaves it to the server, which uses public.
    /// </summary>
    private static string? SchemaOf(string postgres) =>
        new NpgsqlConnectionStringBuilder(postgres).SearchPath is { Length: > 0 } path ? path : null;

    /// <summary>
    /// The model as SQL, without a server: what a first migration holds, and what a test compares the migrations with.
    /// </summary>
    private static string ScriptOf<TDb>(string engine)
        where TDb : ServiceDb
    {
        var options = new DbContextOptionsBuilder<TDb>();
        _ = engine switch
        {
            "sqlite" => options.UseSqlite("Data Source=:memory:"),
            "postgres" => options.UseNpgsql("Host=none"),
            _ => throw new ArgumentException("Say sqlite or postgres.", nameof(engine)),
        };
        using var db = (TDb)Activator.CreateInstance(typeof(TDb), options.Options)!;
        return db.Database.GenerateCreateScript().ReplaceLineEndings("\n");
    }

    /// <summary>
    /// The folder that holds SQLite files, keys and uploaded files: the setting <c>data</c>, made if absent.
    /// </summary>
    public static string DataFolder(this IConfiguration configuration) =>
        Directory.CreateDirectory(configuration["data"] ?? "data").FullName;

    /// <summary>Whether this context runs on SQLite; for the few statements that differ between the engines.</summary>
    public static bool IsSqlite(this ServiceDb db) => db.Database.GetDbConnection() is SqliteConnection;

    /// <summary>
    /// Binds a section, checks its annotations when the host starts, and names the section in the error.
    /// </summary>
    public static void AddValidatedOptions<TOptions>(this IHostApplicationBuilder builder, [Required] string section)
        where TOptions : class =>
        builder.Services.AddOptions<TOptions>().BindConfiguration(section).ValidateDataAnnotations().ValidateOnStart();
}

/// <summary>A service's tables as SQL, for either engine.</summary>
public sealed record ServiceSchema(string Service, Func<string, string> Script);

/// <summary>The service that a database belongs to: the route segment, the queue prefix, the file name.</summary>
public sealed record ServiceName<TDb>(string Value)
    where TDb : ServiceDb;
