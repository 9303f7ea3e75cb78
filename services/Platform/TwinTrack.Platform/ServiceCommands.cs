using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Platform;

/// <summary>
/// The commands of a service's program, given as the first word of its command line. Each does one thing and ends.
/// </summary>
internal static class ServiceCommands
{
    /// <summary>Connections of each run-time role when <c>roles:connections</c> is not set.</summary>
    private const int ConnectionsDefault = 100;

    internal static bool Has(string[] args) => args is ["schema" or "migrate" or "roles", ..];

    internal static Task RunAsync(string verb, string argument, WebApplication app) => verb switch
    {
        "schema" => PrintSchemaAsync(app.Services, argument),
        "migrate" => MigrateAsync(app.Services),
        _ => MakeRolesAsync(app.Services, app.Configuration),
    };

    /// <summary><c>schema sqlite|postgres</c>: the tables as SQL.</summary>
    private static async Task PrintSchemaAsync(IServiceProvider services, string engine)
    {
        foreach (var schema in services.GetServices<ServiceSchema>())
        {
            await Console.Out.WriteAsync(schema.Script(engine));
        }
    }

    /// <summary><c>migrate</c>: the tables as this build expects them.</summary>
    private static async Task MigrateAsync(IServiceProvider services)
    {
        foreach (var migration in services.GetServices<IDatabaseMigration>())
        {
            await migration.ApplyAsync(CancellationToken.None);
        }
    }

    /// <summary>
    /// <c>roles</c>: schema, owner and role on PostgreSQL, as the administrator at
    /// <c>ConnectionStrings:administrator</c>, with the passwords <c>roles:ownerPassword</c> and <c>roles:password</c>.
    /// </summary>
    private static async Task MakeRolesAsync(IServiceProvider services, IConfiguration configuration)
    {
        string Needed(string key) => configuration[key]
            ?? throw new InvalidOperationException($"The verb 'roles' needs {key}.");

        await using var connection = new NpgsqlConnection(Needed("ConnectionStrings:administrator"));
        await connection.OpenAsync();
        foreach (var schema in services.GetServices<ServiceSchema>())
        {
            var script = new DatabaseRoles(schema.Service).Script(
                Needed("roles:ownerPassword"), Needed("roles:password"),
                configuration.GetValue("roles:connections", ConnectionsDefault));
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Names are the modules' own, passwords are quoted.
            command.CommandText = script;
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync();
        }
    }
}
