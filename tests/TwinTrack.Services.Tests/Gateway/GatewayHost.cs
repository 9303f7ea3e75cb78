using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using TwinTrack.Contracts;
using TwinTrack.Gateway;
using TwinTrack.Payments;
using TwinTrack.Platform;

namespace TwinTrack.Services.Tests.Gateway;

/// <summary>
/// The gateway with its own keys, which <see cref="TestHost"/> replaces, and Payments beside it to use the tokens on.
/// </summary>
internal sealed class GatewayHost : IAsyncDisposable
{
    public const string Password = "correct-horse-battery";

    private readonly WebApplication _app;

    private GatewayHost(WebApplication app, string data) => (_app, Data) = (app, data);

    public string Data { get; }

    public static async Task<GatewayHost> StartAsync(string? data = null, params string[] settings)
    {
        data ??= Directory.CreateTempSubdirectory("twintrack-gateway-").FullName;
        var app = TwinTrackHost.Build(
            [
                "--data", data, "--urls", "http://127.0.0.1:0", "--auth:demoUsers", "true", "--auth:demoPassword",
                Password,
                "--Logging:LogLevel:Default", "None", .. settings,
            ],
            Topology.Arrows,
            [new GatewayModule(), new PaymentsModule()],
            static _ => { });
        await app.StartAsync();
        return new GatewayHost(app, data);
    }

    public HttpClient Anonymous() => new() { BaseAddress = new Uri(_app.Urls.Single()) };

    public async Task<HttpResponseMessage> TryAsync(string user, string password)
    {
        using var http = Anonymous();
        return await http.PostAsJsonAsync("/auth/token", new { user, password });
    }

    public async Task<HttpClient> LoggedInAsync(string user, string password = Password)
    {
        using var answer = await TryAsync(user, password);
        answer.EnsureSuccessStatusCode();
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var http = Anonymous();
        http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", body.GetProperty("token").GetString());
        return http;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
