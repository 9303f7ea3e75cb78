using System.Net;
using Npgsql;
using TwinTrack.Payments;
using TwinTrack.Services.Tests.Postgres;

namespace TwinTrack.Services.Tests.Operations;

public sealed class A_host_whose_database_is_away : IAsyncLifetime
{
    private readonly PostgresServer _postgres = new();

    public ValueTask InitializeAsync() => _postgres.InitializeAsync();

    public ValueTask DisposeAsync() => _postgres.DisposeAsync();

    [Fact]
    public async Task Is_live_and_not_ready_and_ready_again_when_it_is_back()
    {
        var database = await _postgres.NewDatabaseAsync("away");
        var password = new NpgsqlConnectionStringBuilder(database).Password!;
        await using var host = await TestHost.StartAsync(
            null, ["--ConnectionStrings:payments", database], null, new PaymentsModule());
        await UntilAsync(host, HttpStatusCode.OK);

        await _postgres.StopAsync();

        var body = await UntilAsync(host, HttpStatusCode.ServiceUnavailable);
        body.Should().Contain("database payments").And.NotContain(password).And.NotContain("127.0.0.1");
        (await AskAsync(host, "/health/live")).Status.Should()
            .Be(HttpStatusCode.OK, "a restart would not bring the database back");
        (await AskAsync(host, "/health/started")).Status.Should()
            .Be(HttpStatusCode.OK, "it has come up once, and that is all it says");

        await _postgres.StartAsync();
        await UntilAsync(host, HttpStatusCode.OK);
    }

    private static Task<string> UntilAsync(TestHost host, HttpStatusCode wanted) => TestHost.Until(
        async () =>
        {
            var (status, body) = await AskAsync(host, "/health/ready");
            return status == wanted ? body : "";
        },
        body => body.Length > 0);

    private static async Task<(HttpStatusCode Status, string Body)> AskAsync(TestHost host, string path)
    {
        using var http = new HttpClient { BaseAddress = host.Address };
        using var answer = await http.GetAsync(path);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
