using Npgsql;
using TwinTrack.Contracts;
using TwinTrack.Payments;
using TwinTrack.Platform;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Services.Tests.Postgres;

/// <summary>
/// Tests the role that a service runs as on PostgreSQL. Connects with that role and tries forbidden actions.
/// </summary>
[Collection(PostgresTests.Name)]
public sealed class A_services_role(PostgresServer postgres)
{
    private const string Forbidden = PostgresErrorCodes.InsufficientPrivilege;
    private const int ConnectionsMax = 7;

    [Fact]
    public async Task Is_no_superuser_and_passes_by_no_row_security_and_has_bounds()
    {
        var connection = await SchemasAsync("role_bounds");

        (await AskAsync(
            connection,
            "select rolsuper or rolbypassrls or rolcreatedb or rolcreaterole or rolreplication from pg_roles where "
                + "rolname = current_user")).Should().Be(false);
        (await AskAsync(connection, "select rolconnlimit from pg_roles where rolname = current_user")).Should()
            .Be(ConnectionsMax);
        (await AskAsync(connection, "show statement_timeout")).Should().Be("30s");
        (await AskAsync(connection, "show lock_timeout")).Should().Be("10s");
        (await AskAsync(connection, "show idle_in_transaction_session_timeout")).Should().Be("1min");
    }

    [Theory]
    [InlineData("create table payments.mine (id int)")]
    [InlineData("create table public.mine (id int)")]
    [InlineData("create temporary table mine (id int)")]
    [InlineData("create schema mine")]
    [InlineData("drop table payments.batches")]
    [InlineData("alter table payments.batches add column mine int")]
    [InlineData("truncate payments.batches")]
    [InlineData("insert into payments.\"__EFMigrationsHistory\" values ('9999', '1')")]
    [InlineData("update payments.audit set actor = 'somebody else'")]
    [InlineData("delete from payments.audit")]
    [InlineData("select * from routing.secrets")]
    [InlineData("create role mine")]
    [InlineData("set role payments_owner")]
    public async Task May_not(string statement)
    {
        var schema = Invariant($"role_{string.GetHashCode(statement, StringComparison.Ordinal):x8}");
        var connection = await SchemasAsync(schema);

        var act = () => AskAsync(connection, statement);

        (await act.Should().ThrowAsync<PostgresException>()).Which.SqlState.Should().Be(Forbidden);
    }

    [Fact]
    public async Task Runs_the_service_once_it_is_migrated_and_a_schema_that_is_not_stops_it()
    {
        var connection = await SchemasAsync("role_runs");
        string[] settings = ["--ConnectionStrings:payments", connection, "--database:migrate", "false"];
        await using (var host = await TestHost.StartAsync(null, settings, null, new PaymentsModule()))
        {
            using var finance = host.As("finance", "government", Kernel.Role.Finance);
            var deposit = new { programme = "NSP", fundingSource = "treasury", amountMinor = 5_000, currency = "XOF" };
            (await finance.PostAsync(new Uri("/payments/funds", UriKind.Relative),
                System.Net.Http.Json.JsonContent.Create(deposit))).IsSuccessStatusCode.Should().BeTrue();
        }

        await AskAsync(postgres.AsSuperuser(connection),
            "delete from payments.\"__EFMigrationsHistory\" where \"MigrationId\" > '0001'");

        var start = () => TestHost.StartAsync(null, settings, null, new PaymentsModule());
        (await start.Should().ThrowAsync<InvalidOperationException>()).Which.Message.Should()
            .Contain("'payments' lacks");
    }

    /// <summary>
    /// A database with the schemas of two services, one of them migrated; the answer connects as that one's run-time
    /// role.
    /// </summary>
    private async Task<string> SchemasAsync(string name)
    {
        var superuser = await postgres.NewDatabaseAsync(name);
        await AskAsync(superuser, new DatabaseRoles("payments").Script("owner's", "role's", ConnectionsMax));
        await AskAsync(superuser, new DatabaseRoles("routing").Script("owner's", "role's", ConnectionsMax));
        await AskAsync(superuser, "create table routing.secrets (id int)");
        await TwinTrackHost.RunAsync(
            ["migrate", "--ConnectionStrings:payments", As(superuser, "payments_owner", "owner's") + ";Pooling=false",
                "--data",
                Path.GetTempPath(), "--Logging:LogLevel:Default", "None"],
            Topology.Arrows,
            new PaymentsModule());
        return As(superuser, "payments", "role's");
    }

    private static string As(string connection, string role, string password) =>
        new NpgsqlConnectionStringBuilder(connection)
        {
            Username = role,
            Password = password,
            SearchPath = "payments",
            MaxPoolSize = 5
        }.ConnectionString;

    private static async Task<object?> AskAsync(string connection, string statement)
    {
        await using var open = new NpgsqlConnection(connection + ";Pooling=false");
        await open.OpenAsync();
        await using var command = open.CreateCommand();
#pragma warning disable CA2100 // The test's own statements.
        command.CommandText = statement;
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync();
    }
}
