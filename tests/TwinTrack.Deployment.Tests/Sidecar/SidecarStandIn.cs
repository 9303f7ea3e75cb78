using System.Net;
using System.Text.Json.Nodes;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace TwinTrack.Deployment.Tests.Sidecar;

/// <summary>
/// Answers as Dapr's published APIs say that a sidecar answers. Over HTTP it has health, metadata, secrets and
/// invocation. Over gRPC it has metadata and secrets (<see cref="SidecarGrpc"/>). It is not Dapr: no certificates, no
/// components, and what it calls is on this machine. Held against an independent client in
/// <see cref="The_stand_in"/>.
/// </summary>
internal sealed class SidecarStandIn : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });

    private SidecarStandIn(WebApplication app) => _app = app;

    /// <summary>What the caller must send in <c>dapr-api-token</c>; null asks for nothing.</summary>
    internal string? Token { get; init; }

    internal bool Well { get; set; } = true;

    /// <summary>Secrets by store and name.</summary>
    internal Dictionary<string, Dictionary<string, Dictionary<string, string>>> Stores { get; } = [];

    /// <summary>Secrets that this application may not read.</summary>
    internal HashSet<string> Denied { get; } = [];

    /// <summary>Where applications listen, by app id.</summary>
    internal Dictionary<string, Uri> Apps { get; } = [];

    /// <summary>Applications that do not take calls from this one.</summary>
    internal HashSet<string> Forbidden { get; } = [];

    /// <summary>What was asked for, in order.</summary>
    internal List<string> Asked { get; } = [];

    /// <summary>What <c>DAPR_HTTP_PORT</c> says beside a sidecar.</summary>
    internal int Port => new Uri(_app.Urls.First()).Port;

    /// <summary>What <c>DAPR_GRPC_PORT</c> says beside a sidecar.</summary>
    internal int GrpcPort => new Uri(_app.Urls.Last()).Port;

    internal static async Task<SidecarStandIn> StartAsync(string? token = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static server =>
        {
            server.Listen(IPAddress.Loopback, 0, static http => http.Protocols = HttpProtocols.Http1);
            server.Listen(IPAddress.Loopback, 0, static grpc => grpc.Protocols = HttpProtocols.Http2);
        });
        var app = builder.Build();
        var sidecar = new SidecarStandIn(app) { Token = token };
        app.Use(sidecar.CheckTokenAsync);
        app.MapGet("/v1.0/healthz", sidecar.Health);
        app.MapGet("/v1.0/healthz/outbound", sidecar.Health);
        app.MapGet(
            "/v1.0/metadata",
            static () =>
                Results.Json(new
                {
                    id = "stand-in",
                    runtimeVersion = "1.15.0",
                    enabledFeatures = Array.Empty<string>(),
                    components = Array.Empty<string>()
                }));
        app.MapGet("/v1.0/secrets/{store}/bulk", (string store) => sidecar.Secret(store, null));
        app.MapGet("/v1.0/secrets/{store}/{name}", (string store, string name) => sidecar.Secret(store, name));
        app.Map("/v1.0/invoke/{appId}/method/{**method}", sidecar.InvokeAsync);
        SidecarGrpc.Map(app, sidecar);
        await app.StartAsync();
        return sidecar;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private Task CheckTokenAsync(HttpContext http, RequestDelegate next)
    {
        lock (Asked)
        {
            Asked.Add($"{http.Request.Method} {http.Request.Path}");
        }

        // Health is answered to anybody, the rest only with the token.
        if (Token is null || http.Request.Path.StartsWithSegments("/v1.0/healthz", StringComparison.OrdinalIgnoreCase)
            || http.Request.Headers["dapr-api-token"] == Token)
        {
            return next(http);
        }

        if (HttpProtocol.IsHttp2(http.Request.Protocol))
        {
            return SidecarGrpc.RefuseAsync(
                http, StatusCode.Unauthenticated, "authentication error: api token mismatch");
        }

        http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return http.Response.WriteAsync("invalid api token");
    }

    private IResult Health() =>
        Results.StatusCode(Well ? StatusCodes.Status204NoContent : StatusCodes.Status500InternalServerError);

    private IResult Secret(string store, string? name)
    {
        if (!Stores.TryGetValue(store, out var secrets))
        {
            return Error(StatusCodes.Status400BadRequest, "ERR_SECRET_STORE_NOT_FOUND",
                $"failed finding secret store with key {store}");
        }

        if (name is null)
        {
            return Results.Json(secrets.Where(secret => !Denied.Contains(secret.Key)).ToDictionary());
        }

        return Denied.Contains(name)
            ? Error(StatusCodes.Status403Forbidden, "ERR_PERMISSION_DENIED",
                $"access denied by policy to get \"{name}\" from \"{store}\"")
            : secrets.TryGetValue(name, out var secret) ? Results.Json(secret)
            : Results.NoContent();
    }

    private async Task InvokeAsync(HttpContext http, string appId, string? method)
    {
        if (!Apps.TryGetValue(appId, out var app))
        {
            await Error(StatusCodes.Status500InternalServerError, "ERR_DIRECT_INVOKE",
                $"failed to invoke, id: {appId}, err: couldn't find service: {appId}").ExecuteAsync(http);
            return;
        }

        if (Forbidden.Contains(appId))
        {
            await Error(StatusCodes.Status403Forbidden, "ERR_DIRECT_INVOKE",
                $"failed to invoke, id: {appId}, err: rpc error: code = PermissionDenied desc = access control policy "
                    + $"has denied access").ExecuteAsync(http);
            return;
        }

        using var request = new HttpRequestMessage(
            new HttpMethod(http.Request.Method), new Uri(app, "/" + method + http.Request.QueryString));
        if (http.Request.ContentLength is > 0 || http.Request.Headers.TransferEncoding.Count > 0)
        {
            request.Content = new StreamContent(http.Request.Body);
        }

        foreach (var (name, value) in http.Request.Headers.Where(
            header => header.Key is not ("Host" or "Transfer-Encoding" or "dapr-api-token")))
        {
            if (!request.Headers.TryAddWithoutValidation(name, value.ToArray()))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, value.ToArray());
            }
        }

        request.Headers.Add("dapr-caller-app-id", "stand-in");
        using var answer = await _http.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, http.RequestAborted);
        http.Response.StatusCode = (int)answer.StatusCode;
        http.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await answer.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
    }

    private static IResult Error(int status, string code, string message) =>
        Results.Json(new JsonObject { ["errorCode"] = code, ["message"] = message }, statusCode: status);
}
