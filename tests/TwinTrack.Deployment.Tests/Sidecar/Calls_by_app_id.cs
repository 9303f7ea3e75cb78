using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using TwinTrack.Contracts;
using TwinTrack.Gateway;
using TwinTrack.Gateway.Ingress;
using TwinTrack.Platform;
using TwinTrack.Platform.Dapr;

namespace TwinTrack.Deployment.Tests.Sidecar;

public sealed class Calls_by_app_id : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("twintrack-").FullName;
    private SidecarStandIn _sidecar = null!;
    private WebApplication _app = null!;
    private WebApplication _gateway = null!;
    private HttpClient _http = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await The_stand_in.EchoAsync();
        _sidecar = await SidecarStandIn.StartAsync("stand-in-token");
        _sidecar.Apps["tt-payments"] = _sidecar.Apps["tt-routing"] = new Uri(_app.Urls.Single());
        _sidecar.Forbidden.Add("tt-routing");
        _gateway = TwinTrackHost.Build(
            [
                "--data", _data, "--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default", "None",
                "--auth:demoUsers", "true",
                "--dapr:enabled", "true", "--DAPR_HTTP_PORT", Invariant($"{_sidecar.Port}"), "--DAPR_API_TOKEN",
                "stand-in-token",
                "--gateway:services:payments", "dapr://tt-payments", "--gateway:services:routing", "dapr://tt-routing",
                "--gateway:services:providers", "dapr://tt-nobody",
            ],
            Topology.Arrows,
            [new GatewayModule()],
            static services => services.AddServiceProxy());
        _gateway.MapServiceProxy();
        await _gateway.StartAsync();
        _http = new HttpClient { BaseAddress = new Uri(_gateway.Urls.Single()) };
        using var token = await _http.PostAsJsonAsync(
            "/auth/token", new { user = "auditor", password = "twintrack-demo" });
        _http.DefaultRequestHeaders.Authorization = new(
            "Bearer", (string)(await token.Content.ReadFromJsonAsync<JsonNode>())!["token"]!);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _gateway.DisposeAsync();
        await _sidecar.DisposeAsync();
        await _app.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Carry_path_question_body_and_the_callers_token()
    {
        using var answer = await _http.PostAsync("/payments/batches?after=x", new StringContent("{}"));

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        var echo = (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
        ((string?)echo["method"], (string?)echo["path"], (string?)echo["body"]).Should()
            .Be(("POST", "/payments/batches?after=x", "{}"));
        ((string?)echo["authorization"]).Should().StartWith("Bearer ");
        _sidecar.Asked.Should().Contain("POST /v1.0/invoke/tt-payments/method/payments/batches");
    }

    [Fact]
    public async Task Take_no_word_of_the_callers_about_whom_to_call_or_as_whom()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/payments/batches");
        request.Headers.Add("dapr-app-id", "tt-routing");
        request.Headers.Add("dapr-api-token", "guessed");

        using var answer = await _http.SendAsync(request);

        answer.StatusCode.Should().Be(HttpStatusCode.OK, "our token was sent, not the caller's");
        _sidecar.Asked.Should().Contain("GET /v1.0/invoke/tt-payments/method/payments/batches");
    }

    [Theory]
    [InlineData("/payments/..%2F..%2F..%2Fsecrets/vault/bulk")]
    [InlineData("/payments/%5C..%5Cx")]
    public async Task Never_leave_the_method_of_the_application(string path)
    {
        using var answer = await _http.GetAsync(
            new Uri(_http.BaseAddress + path.TrimStart('/'),
                new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        _sidecar.Asked.Should().NotContain(asked => asked.Contains("invoke") || asked.Contains("secrets"));
    }

    [Theory]
    [InlineData("/routing/table")]
    [InlineData("/providers/channels")]
    public async Task Do_not_pass_on_what_the_sidecar_says_of_itself(string path)
    {
        using var answer = await _http.GetAsync(path);

        answer.StatusCode.Should().Be(HttpStatusCode.BadGateway);
        answer.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
        (await answer.Content.ReadAsStringAsync()).Should().NotContain("invoke").And.NotContain("tt-");
    }

    [Fact]
    public async Task Make_the_gateway_ready_only_with_a_sidecar_that_is_well()
    {
        (await StatusAsync("/health/ready")).Should().Be(HttpStatusCode.OK);
        _sidecar.Well = false;

        await Eventually(async () => await StatusAsync("/health/ready") == HttpStatusCode.ServiceUnavailable);
        (await StatusAsync("/health/live")).Should().Be(HttpStatusCode.OK, "a restart would not mend it");
        _sidecar.Well = true;
        await Eventually(async () => await StatusAsync("/health/ready") == HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("dapr://tt-payments", "false", "dapr:enabled is not true")]
    [InlineData("dapr://tt-payments/path", "true", "one dapr://app-id")]
    [InlineData("dapr://tt-payments, http://payments:8080", "true", "one dapr://app-id")]
    public void Are_refused_where_they_cannot_be_meant(string address, string enabled, string reason)
    {
        var configuration =
            new ConfigurationBuilder().AddInMemoryCollection(
                [new("gateway:services:payments", address), new("dapr:enabled", enabled)]).Build();

        FluentActions.Invoking(() => ServiceProxy.Read(configuration)).Should().Throw<InvalidOperationException>()
            .WithMessage($"*{reason}*");
    }

    private async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var answer = await _http.GetAsync(path);
        return answer.StatusCode;
    }

    private static async Task Eventually(Func<Task<bool>> fact)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await fact())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
        }
    }
}
