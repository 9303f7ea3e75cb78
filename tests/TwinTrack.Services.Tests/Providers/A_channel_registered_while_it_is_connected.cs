using System.Net.Http.Json;
using TwinTrack.Contracts.Providers.V1;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Providers.Consumers;
using TwinTrack.Services.Tests.Postgres;

namespace TwinTrack.Services.Tests.Providers;

/// <summary>
/// Routing registers a channel while an administrator sets its connection. Without abilities no payment is routed.
/// </summary>
[Collection(PostgresTests.Name)]
public sealed class A_channel_registered_while_it_is_connected(PostgresServer postgres)
{
    private const int Rounds = 25;

    [Fact]
    public async Task Has_its_abilities_declared_by_the_later_of_the_two()
    {
        await using var host = await ProvidersHost.StartAsync(
            new ScriptedAdapter(),
            configuration: ["--ConnectionStrings:providers", await postgres.NewDatabaseAsync("registered_connected")]);
        using var http = host.Http;
        var settings = new Dictionary<string, string> { ["directory"] = "/nowhere" };
        var channels = Enumerable.Range(1, Rounds).Select(round => Invariant($"t1-{round}")).ToList();
        foreach (var channel in channels)
        {
            var connected = http.PutAsJsonAsync($"/providers/connections/{channel}", new { settings });
            var registered = Task.Run(() => host.TellAsync<RegisterChannel, RegisterChannelHandler>(
                new RegisterChannel(channel, "bank of tests", "bank", 1, "XOF", 1)));
            (await connected).EnsureSuccessStatusCode();
            await registered;
        }

        var declared = await host.SentAsync<ChannelAbilitiesDeclared>();
        channels.Where(channel => declared.FindLast(one => one.Channel == channel)?.Abilities is null).Should()
            .BeEmpty();
    }
}
