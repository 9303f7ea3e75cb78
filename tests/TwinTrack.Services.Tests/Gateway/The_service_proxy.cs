using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using TwinTrack.Contracts;
using TwinTrack.Gateway;
using TwinTrack.Gateway.Ingress;
using TwinTrack.Platform;

namespace TwinTrack.Services.Tests.Gateway;

public class The_service_proxy
{
    [Fact]
    public async Task Passes_calls_on_with_their_token_and_stops_those_without()
    {
        await using var behind = await GatewayHost.StartAsync();
        using var auditor = await behind.LoggedInAsync("auditor");
        var data = Directory.CreateTempSubdirectory("twintrack-front-").FullName;
        await using var front = TwinTrackHost.Build(
            [
                "--data", data, "--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default", "None",
                "--auth:publicKey", Path.Combine(behind.Data, "keys", "token.pub.pem"),
                "--gateway:services:payments", auditor.BaseAddress!.ToString(),
            ],
            Topology.Arrows,
            [new GatewayModule()],
            static services => services.AddServiceProxy());
        front.MapServiceProxy();
        await front.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(front.Urls.Single()) };

        using var without = await http.GetAsync("/payments/audit");
        http.DefaultRequestHeaders.Authorization = auditor.DefaultRequestHeaders.Authorization;
        using var with = await http.GetAsync("/payments/audit");

        without.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        with.StatusCode.Should().Be(HttpStatusCode.OK);
        (await with.Content.ReadAsStringAsync()).Should().Contain("entries");
    }

    [Theory]
    [InlineData("payments", "http://payments:8080, http://payments-2:8080", true)]
    [InlineData("payments", "payments:8080", false)]
    [InlineData("payments", "ftp://payments", false)]
    [InlineData("payments", "http://user:word@payments", false)]
    [InlineData("payments", "http://payments/path", false)]
    [InlineData("payments", "", false)]
    [InlineData("auth", "http://elsewhere", false)]
    public void Takes_only_addresses_that_can_be_meant(string service, string addresses, bool taken)
    {
        var configuration =
            new ConfigurationBuilder().AddInMemoryCollection([new($"gateway:services:{service}", addresses)]).Build();

        var read = () => ServiceProxy.Read(configuration);

        if (taken)
        {
            read().Clusters.Single().Destinations.Should().HaveCount(2);
        }
        else
        {
            read.Should().Throw<InvalidOperationException>();
        }
    }

    [Fact]
    public void Lets_providers_call_back_without_a_token_and_nobody_else()
    {
        var configuration =
            new ConfigurationBuilder().AddInMemoryCollection(
                [new("gateway:services:providers", "http://providers:8080")]).Build();

        var routes = ServiceProxy.Read(configuration).Routes;

        routes.Where(route => route.AuthorizationPolicy == "Anonymous").Select(route => route.Match.Path)
            .Should().BeEquivalentTo("/providers/callbacks/{**rest}", "/openapi/providers.json");
        routes.Where(route => route.AuthorizationPolicy != "Anonymous").Should()
            .OnlyContain(route => route.AuthorizationPolicy == "Default");
    }
}
