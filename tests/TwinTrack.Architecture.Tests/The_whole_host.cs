using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TwinTrack.Contracts;
using TwinTrack.Embedded;
using TwinTrack.Platform;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Architecture.Tests;

/// <summary>Looks at the composed host from outside: its endpoints, its handlers, its tables.</summary>
public sealed partial class The_whole_host : IAsyncLifetime
{
    // Who may be asked without a token, and why. A new line here is a decision.
    private static readonly string[] Anonymous =
    [
        "/auth/token", // nobody has a token before they have a token
        // the path is the secret, beside what the channel's scheme demands; the body is only a hint
        "/providers/callbacks/{token}",
        "/providers/callbacks/channels/{channel}", // signed by the provider, or not there; the body is only a hint
        "/openapi/{documentName}.json", // the description of the API is public
        "/docs/{documentName?}", // the same, as a page
        "/docs/scalar.js", // its assets
        "/docs/scalar.aspnetcore.js",
        "/docs/favicon.svg",
        "/health", // probes carry no token
        "/health/live",
        "/health/started",
        "/health/ready",
    ];

    private readonly string _data = Directory.CreateTempSubdirectory("twintrack-").FullName;
    private WebApplication _app = null!;

    public async ValueTask InitializeAsync()
    {
        _app = TwinTrackHost.Build(
            ["--data", _data, "--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default", "None"], Topology.Arrows,
            AllModules.InReadingOrder(), static _ => { });
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public void Asks_every_caller_for_a_role()
    {
        foreach (var endpoint in Endpoints())
        {
            var path = "/" + endpoint.RoutePattern.RawText!.Trim('/');
            var open = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;
            var roles = endpoint.Metadata.GetOrderedMetadata<AuthorizationPolicy>()
                .SelectMany(policy => policy.Requirements.OfType<RolesAuthorizationRequirement>());

            (open ? Anonymous.Contains(path) : roles.Any() || path is "/auth/password" or "/auth/me")
                .Should().BeTrue($"{path} must name a role, or stand in the list of open endpoints");
        }
    }

    [Fact]
    public void Has_a_handler_for_every_arrow_and_an_arrow_for_every_handler()
    {
        var handled = AllModules.InReadingOrder()
            .SelectMany(module => module.GetType().Assembly.GetTypes()
                .SelectMany(type => type.GetInterfaces())
                .Where(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IMessageHandler<>))
                .Select(face => $"{face.GetGenericArguments()[0].Name} -> {module.Name}"));

        handled.Should().BeEquivalentTo(
            Topology.Arrows.SelectMany(arrow => arrow.To.Select(to => $"{arrow.Message.Name} -> {to}")));
    }

    [Fact]
    public void Sends_only_contracts_with_a_version()
    {
        Topology.Arrows.Should().OnlyContain(
            arrow => arrow.Message.Namespace!.EndsWith(".V1", StringComparison.Ordinal));
        Topology.Arrows.Select(arrow => arrow.Message).Should().OnlyHaveUniqueItems();
    }

    /// <summary>The same on PostgreSQL, and from an old database, is TwinTrack.Services.Tests' part.</summary>
    [Fact]
    public async Task Has_migrations_that_make_the_tables_of_the_model()
    {
        foreach (var schema in _app.Services.GetServices<ServiceSchema>())
        {
            var migrated = await TablesAsync($"Data Source={Path.Combine(_data, schema.Service)}.db");

            migrated.Should().BeEquivalentTo(
                await TablesOfAsync(schema.Script("sqlite")),
                $"the migrations of {schema.Service} must make what its model says");
        }
    }

    private IEnumerable<RouteEndpoint> Endpoints() =>
        _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    private static async Task<List<string>> TablesOfAsync(string script)
    {
        await using var memory = new SqliteConnection("Data Source=:memory:");
        await memory.OpenAsync();
        await using var command = memory.CreateCommand();
#pragma warning disable CA2100 // The model's own script.
        command.CommandText = script;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
        return await TablesAsync(memory);
    }

    private static async Task<List<string>> TablesAsync(string connectionString)
    {
        await using var file = new SqliteConnection(connectionString);
        await file.OpenAsync();
        return await TablesAsync(file);
    }

    private static async Task<List<string>> TablesAsync(SqliteConnection connection)
    {
        await using var command = connection.CreateCommand();
        command.CommandText =
            "select sql from sqlite_master where sql is not null and name not like '\\_\\_EF%' escape '\\' and name "
                + "not like 'sqlite\\_%' escape '\\'";
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<string>();
        while (await reader.ReadAsync())
        {
            // A column that a later migration adds is written into the old text, on the line of the one before.
            // A renamed table keeps the name of its primary key, which SQLite never uses.
            var sql = KeyName().Replace(reader.GetString(0), "");
            found.Add(Blanks().Replace(BlanksBefore().Replace(sql, ""), " "));
        }

        return found;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"CONSTRAINT ""PK_\w+"" ")]
    private static partial Regex KeyName();

    [GeneratedRegex(@"\s+(?=[,)])")]
    private static partial Regex BlanksBefore();
}
