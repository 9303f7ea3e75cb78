using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace TwinTrack.Services.Tests.Providers;

public sealed class The_channels_page
{
    [Fact]
    public async Task Shows_the_gate_the_queue_and_what_is_in_doubt()
    {
        var adapter =
            new ScriptedAdapter
            {
                OnSubmit = (
                _, _) => throw new HttpRequestException("x", null, HttpStatusCode.BadGateway)
            };
        await using var host = await ProvidersHost.StartAsync(adapter);
        await host.OrderAsync(3);
        (await host.UntilReportedAsync("in_doubt", 3)).Should().OnlyContain(row => row.Code == "HTTP502");
        await host.FenceAsync(1);
        await host.StopAsync(2, [], programme: "another");
        await host.OrderAsync(2, epoch: 2);
        using var http = host.Http;

        var channel = (await http.GetFromJsonAsync<JsonElement>("/providers/channels")).GetProperty("items")[0];

        channel.GetProperty("open").GetBoolean().Should().BeFalse();
        channel.GetProperty("epoch").GetInt64().Should().Be(2);
        channel.GetProperty("lastSequence").GetInt64().Should().Be(3);
        channel.GetProperty("queued").GetInt64().Should().Be(2);
        channel.GetProperty("inDoubt").GetInt64().Should().Be(3);
        channel.GetProperty("oldestInDoubtAt").ValueKind.Should().Be(JsonValueKind.String);
        channel.GetProperty("problem").ValueKind.Should().Be(JsonValueKind.Null);
    }

    [Fact]
    public async Task And_the_connections_page_never_show_a_secret()
    {
        await using var host = await ProvidersHost.StartAsync(
            new ScriptedAdapter(), settings: new() { ["apiKey"] = "very-secret" });
        using var http = host.Http;

        var text = await http.GetStringAsync("/providers/connections");

        text.Should().Contain("apiKey").And.NotContain("very-secret");
        (await File.ReadAllBytesAsync(Path.Combine(host.Data, "providers.db"))).AsSpan().IndexOf("very-secret"u8)
            .Should().Be(-1);
    }

    [Fact]
    public async Task Is_told_of_a_connection_that_is_not_complete()
    {
        await using var host = await ProvidersHost.StartAsync(new ScriptedAdapter());
        using var http = host.Http;

        var answer = await http.PutAsJsonAsync(
            $"/providers/connections/{ProvidersHost.Channel}",
            new { settings = new Dictionary<string, string> { ["unitMax"] = "5" } });

        answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("directory");
    }
}
