using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace TwinTrack.Services.Tests.Gateway;

public class A_token
{
    [Fact]
    public async Task Opens_another_service_to_whoever_holds_the_role()
    {
        await using var host = await GatewayHost.StartAsync();
        using var auditor = await host.LoggedInAsync("auditor");

        using var answer = await auditor.GetAsync("/payments/audit");

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Of_another_role_does_not()
    {
        await using var host = await GatewayHost.StartAsync();
        using var grievance = await host.LoggedInAsync("grievance");

        using var there = await grievance.GetAsync("/payments/audit");
        using var here = await grievance.GetAsync("/auth/users");

        there.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        here.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Is_needed()
    {
        await using var host = await GatewayHost.StartAsync();
        using var anonymous = host.Anonymous();

        using var there = await anonymous.GetAsync("/payments/audit");
        using var here = await anonymous.GetAsync("/auth/me");

        there.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        here.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        here.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
    }

    [Fact]
    public async Task That_was_altered_opens_nothing()
    {
        await using var host = await GatewayHost.StartAsync();
        using var auditor = await host.LoggedInAsync("auditor");
        var parts = auditor.DefaultRequestHeaders.Authorization!.Parameter!.Split('.');
        auditor.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", $"{parts[0]}.{parts[1]}.{new string('A', parts[2].Length)}");

        using var answer = await auditor.GetAsync("/payments/audit");

        answer.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Of_another_gateway_opens_nothing()
    {
        await using var host = await GatewayHost.StartAsync();
        await using var other = await GatewayHost.StartAsync();
        using var stranger = await other.LoggedInAsync("admin");
        using var http = host.Anonymous();
        http.DefaultRequestHeaders.Authorization = stranger.DefaultRequestHeaders.Authorization;

        using var answer = await http.GetAsync("/auth/users");

        answer.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }
}
