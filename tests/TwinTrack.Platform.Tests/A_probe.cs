using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TwinTrack.Platform.Health;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Tests.Bakery;

namespace TwinTrack.Platform.Tests;

public sealed class A_probe
{
    [Theory]
    [InlineData("/health/live", "loops")]
    [InlineData("/health/started", "schema bakery", "bus started")]
    [InlineData("/health/ready", "stopping", "database bakery", "bus")]
    [InlineData("/health", "stopping", "database bakery", "bus")]
    public async Task Says_what_it_looked_at(string path, params string[] checks)
    {
        await using var bakery = await BakeryHost.StartAsync();

        var (status, body) = await AskAsync(bakery, path);

        status.Should().Be(HttpStatusCode.OK, body.ToString());
        body.GetProperty("status").GetString().Should().Be("ok");
        body.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("name").GetString()).Should()
            .BeEquivalentTo(checks);
    }

    [Fact]
    public async Task Is_not_live_when_a_loop_no_longer_comes_round()
    {
        await using var bakery = await BakeryHost.StartAsync(settings: ["--health:stuckAfterSeconds", "2"]);

        bakery.App.Services.GetRequiredService<Heartbeats>().Beat("bakery.oven");

        var (_, body) = await UntilAsync(bakery, "/health/live", HttpStatusCode.ServiceUnavailable);
        Why(body, "loops").Should().Contain("bakery.oven").And.NotContain(
            "bakery.jobs", "that one goes on coming round");
    }

    [Fact]
    public async Task Is_not_ready_as_soon_as_the_process_is_told_to_stop_and_live_until_it_has()
    {
        await using var bakery = await BakeryHost.StartAsync(settings: ["--shutdown:drainSeconds", "2"]);
        (await AskAsync(bakery, "/health/ready")).Status.Should().Be(HttpStatusCode.OK);

        var stopped = bakery.App.StopAsync();

        var (_, body) = await UntilAsync(bakery, "/health/ready", HttpStatusCode.ServiceUnavailable);
        Why(body, "stopping").Should().Be("told to stop");
        (await AskAsync(bakery, "/health/live")).Status.Should()
            .Be(HttpStatusCode.OK, "a load balancer needs a moment to look elsewhere");
        await stopped;
    }

    [Fact]
    public async Task Is_not_started_while_a_migration_is_missing()
    {
        await using var bakery = await BakeryHost.StartAsync();

        await bakery.InDbAsync(
            db => Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlRawAsync(
                db.Database, "DELETE FROM \"__EFMigrationsHistory\""));

        var (status, body) = await AskAsync(bakery, "/health/started");
        status.Should().Be(HttpStatusCode.ServiceUnavailable);
        Why(body, "schema bakery").Should().Contain("0001_bakery");
        (await AskAsync(bakery, "/health/ready")).Status.Should()
            .Be(HttpStatusCode.ServiceUnavailable, "what has not come up takes no requests");
    }

    private static string? Why(JsonElement body, string check) =>
        body.GetProperty("checks").EnumerateArray().Single(line => line.GetProperty("name").GetString() == check)
            .GetProperty("why").GetString();

    private static async Task<(HttpStatusCode Status, JsonElement Body)> AskAsync(BakeryHost bakery, string path)
    {
        using var http = new HttpClient { BaseAddress = new Uri(bakery.App.Urls.Single()) };
        using var answer = await http.GetAsync(path);
        return (answer.StatusCode, JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync()));
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> UntilAsync(
        BakeryHost bakery, string path, HttpStatusCode wanted)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (true)
        {
            var seen = await AskAsync(bakery, path);
            if (seen.Status == wanted)
            {
                return seen;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        }
    }
}
