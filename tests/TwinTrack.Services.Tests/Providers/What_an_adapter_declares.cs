using System.Net;
using System.Net.Http.Json;
using TwinTrack.Contracts.Providers.V1;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Providers.Consumers;

namespace TwinTrack.Services.Tests.Providers;

public sealed class What_an_adapter_declares
{
    [Fact]
    public async Task Is_said_once_its_connection_is_put_and_again_when_that_changes()
    {
        var adapter = new ScriptedAdapter
        {
            Abilities = new(["mobile"], ["account"], Recall: false, StatusQuery: true,
            Bulk: false, SafeToResend: true, Callback: true, Portability: true, MaxPerPaymentMinor: 250_000)
        };
        await using var host = await ProvidersHost.StartAsync(adapter,
            settings: new Dictionary<string, string> { ["validitySeconds"] = "3600" });

        var sent = await host.SentAsync<ChannelAbilitiesDeclared>();
        sent.Select(one => one.Refusal?.Split(':')[0]).Should().Equal("connection.missing", null);
        sent[1].Abilities.Should().BeEquivalentTo(new DeclaredAbilities(
            Recall: false, StatusQuery: true, Bulk: false, Callback: true, Portability: true, ValiditySeconds: 3_600,
            ["mobile"], ["account"], MaxPerPaymentMinor: 250_000));
        await host.ConnectAsync(new Dictionary<string, string> { ["validitySeconds"] = "7200" });

        (await host.SentAsync<ChannelAbilitiesDeclared>())[2].Abilities!.ValiditySeconds.Should().Be(7_200);
    }

    [Fact]
    public async Task Is_a_refusal_where_this_installation_has_no_such_adapter()
    {
        await using var host = await ProvidersHost.StartAsync(new ScriptedAdapter());

        await host.TellAsync<RegisterChannel, RegisterChannelHandler>(
            new RegisterChannel("t9", "nobody", "carrier_pigeon", 1, "XOF", 1));

        (await host.SentAsync<ChannelAbilitiesDeclared>()).Single(sent => sent.Channel == "t9").Refusal.Should()
            .Be("adapter.missing: This installation has no adapter 'carrier_pigeon'. Use one of: agency, bank, "
                + "mobile_money.");
        using var http = host.Http;
        (await http.PutAsJsonAsync("/providers/connections/t9",
            new { settings = new Dictionary<string, string>() })).StatusCode.Should()
            .Be(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Is_the_answer_to_every_registration()
    {
        await using var host = await ProvidersHost.StartAsync(new ScriptedAdapter());

        await host.TellAsync<RegisterChannel, RegisterChannelHandler>(
            new RegisterChannel(ProvidersHost.Channel, "bank of tests", "bank", 1, "XOF", 1));

        (await host.SentAsync<ChannelAbilitiesDeclared>()).Last().Abilities.Should().NotBeNull();
    }
}
