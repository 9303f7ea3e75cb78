using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using TwinTrack.Kernel;
using TwinTrack.Providers;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Sample;
using TwinTrack.Routing;

namespace TwinTrack.Services.Tests.Providers;

public sealed class An_adapter_added_by_one_line
{
    [Fact]
    public async Task Is_a_channel_in_routing_once_its_connection_is_put()
    {
        await using var host = await TestHost.StartAsync(null, Register, new RoutingModule(), new ProvidersModule());
        using var admin = host.As("ada", "government", Role.Admin);

        (await admin.PutAsJsonAsync("/routing/channels/t1-switch", new
        {
            provider = "National Switch",
            adapter = "instant_switch",
            track = 1,
            instruments = new[] { "mobile", "bank" },
            currency = "KES",
            capacityPerHour = 3_600,
            contractModel = "government",
        })).EnsureSuccessStatusCode();
        await ShownAsync(admin, channel =>
            channel["abilitiesMissing"]?.GetValue<string>().StartsWith("connection.missing", StringComparison.Ordinal)
                == true);
        (await admin.PutAsJsonAsync("/providers/connections/t1-switch", new
        {
            settings = new { baseUrl = "https://switch.example", apiKey = "key-1", maxPerPaymentMinor = "25000000" },
        })).EnsureSuccessStatusCode();
        var declared = await ShownAsync(admin, channel => channel["abilities"] is not null);

        declared["abilities"]!["statusQuery"]!.GetValue<bool>().Should().BeTrue();
        declared["abilities"]!["recall"]!.GetValue<bool>().Should().BeFalse();
        declared["abilities"]!["maxPerPaymentMinor"]!.GetValue<long>().Should().Be(25_000_000);
    }

    private static void Register(IServiceCollection services)
    {
        // <registration>
        services.AddSingleton<IProviderAdapter>(
            _ => new InstantSwitchAdapter(new HttpClient(InstantSwitchAdapter.NoRedirects())));
        // </registration>
    }

    private static Task<JsonNode> ShownAsync(HttpClient admin, Func<JsonNode, bool> holds) => TestHost.Until(
        async () => (await admin.GetFromJsonAsync<JsonObject>("/routing/channels"))!["items"]!.AsArray().Single()!,
        holds);
}
