using System.Net;
using Dapr.Client;
using Grpc.Net.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TwinTrack.Platform.Health;

namespace TwinTrack.Platform.Dapr;

/// <summary>
/// Where the Dapr sidecar of this process listens. It is used only with <c>dapr:enabled</c>. It is on this machine, at
/// <c>DAPR_HTTP_PORT</c> (default 3500) and <c>DAPR_GRPC_PORT</c> (default 50001). If it needs a token, the token is in
/// <c>DAPR_API_TOKEN</c>. Dapr itself sets these variables.
/// </summary>
public sealed class Sidecar
{
    /// <summary>The header that carries the token. A caller must never choose it.</summary>
    public const string TokenHeader = "dapr-api-token";

    /// <summary>Another way to name the application to call. A caller must never choose it.</summary>
    public const string AppIdHeader = "dapr-app-id";

    private const int HttpPortDefault = 3500;
    private const int GrpcPortDefault = 50001;

    /// <summary>A local answer that takes longer counts as none.</summary>
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(10);

    private readonly Uri _grpc;
    private readonly string? _token;

    private Sidecar(Uri address, Uri grpc, string? token) => (Address, _grpc, _token) = (address, grpc, token);

    public Uri Address { get; }

    /// <summary>The sidecar of the configuration, or null when the process runs without one.</summary>
    public static Sidecar? Of(IConfiguration configuration) => configuration.GetValue("dapr:enabled", false)
        ? new Sidecar(
            OnThisMachine(configuration.GetValue("DAPR_HTTP_PORT", HttpPortDefault)),
            OnThisMachine(configuration.GetValue("DAPR_GRPC_PORT", GrpcPortDefault)),
            configuration["DAPR_API_TOKEN"] is { Length: > 0 } token ? token : null)
        : null;

    /// <summary>
    /// Sends a request for <c>http://app-id/path</c> through the sidecar to that application, with our token.
    /// </summary>
    public HttpMessageHandler Invocations(HttpMessageHandler wire) => new InvocationHandler
    {
        DaprEndpoint = Address.ToString(),
        InnerHandler = new TokenHandler(_token) { InnerHandler = wire },
    };

    /// <summary>Dapr's client for this sidecar. It is asked at 127.0.0.1, and never through a proxy.</summary>
    internal void Configure(DaprClientBuilder builder)
    {
        LocalBypassProxy.Ensure();
        builder
            .UseHttpEndpoint(Address.ToString())
            .UseGrpcEndpoint(_grpc.ToString())
            .UseGrpcChannelOptions(new GrpcChannelOptions
            {
                HttpHandler = new SocketsHttpHandler { UseProxy = false },
                DisposeHttpClient = true,
                ThrowOperationCanceledOnCancellation = true,
            })
            .UseDaprApiToken(_token)
            .UseTimeout(AnswerMax);
    }

    private static Uri OnThisMachine(int port) => new UriBuilder("http", "127.0.0.1", port).Uri;

    /// <summary>
    /// Dapr's handler knows the token of the environment only. This one sets the token of the configuration instead.
    /// </summary>
    private sealed class TokenHandler(string? token) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
        {
            request.Headers.Remove(TokenHeader);
            if (token is not null)
            {
                request.Headers.Add(TokenHeader, token);
            }

            return base.SendAsync(request, cancel);
        }
    }
}

/// <summary>
/// The process's proxy settings, but never for this machine. Dapr's client sends the token with its health check and
/// takes no handler. With <c>HTTP_PROXY</c> in the environment, the token would go to that proxy.
/// </summary>
internal sealed class LocalBypassProxy(IWebProxy others) : IWebProxy
{
    public ICredentials? Credentials
    {
        get => others.Credentials;
        set => others.Credentials = value;
    }

    public Uri? GetProxy(Uri destination) => others.GetProxy(destination);

    public bool IsBypassed(Uri host) => host.IsLoopback || others.IsBypassed(host);

    internal static void Ensure()
    {
        if (HttpClient.DefaultProxy is not LocalBypassProxy)
        {
            HttpClient.DefaultProxy = new LocalBypassProxy(HttpClient.DefaultProxy);
        }
    }
}

internal static class DaprHost
{
    /// <summary>
    /// With <c>dapr:enabled</c>: reads settings from the secret store now, before the configuration is used. The
    /// sidecar's health is part of readiness.
    /// </summary>
    internal static void AddDapr(this IHostApplicationBuilder builder)
    {
        if (Sidecar.Of(builder.Configuration) is not { } sidecar)
        {
            return;
        }

        if (StoredSettings.Of(builder.Configuration) is { } stored)
        {
            builder.Configuration.Add<StoredSettingsSource>(
                source => (source.Sidecar, source.Stored) = (sidecar, stored));
            stored.Check(builder.Configuration);
        }

        builder.Services.AddSingleton(sidecar);
        builder.Services.AddDaprClient(sidecar.Configure);
        builder.Services.AddSingleton<IProbeCheck, SidecarAnswers>();
    }
}

/// <summary>Ready: without its sidecar this process cannot be called and cannot call others.</summary>
internal sealed class SidecarAnswers(DaprClient sidecar) : IProbeCheck
{
    public string Name => "sidecar";

    public Probe Probe => Probe.Ready;

    public bool Needed => true;

    /// <summary>
    /// Whether components are loaded and calls go out. The sidecar says so also while this process is starting.
    /// </summary>
    public async Task<string?> LookAsync(CancellationToken cancel) =>
        await sidecar.CheckOutboundHealthAsync(cancel) ? null : "not healthy";
}
