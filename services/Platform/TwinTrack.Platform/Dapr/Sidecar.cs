using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TwinTrack.Platform.Health;

namespace TwinTrack.Platform.Dapr;

/// <summary>
/// The Dapr sidecar of this process, called by its published HTTP API, version 1.0. It is used only with
/// <c>dapr:enabled</c>. It listens on this machine at <c>DAPR_HTTP_PORT</c> (default 3500). If it needs a token, the
/// token is in <c>DAPR_API_TOKEN</c>. Dapr itself sets these two variables.
/// </summary>
public sealed class Sidecar
{
    /// <summary>The header that carries the token. It must never be copied from a caller.</summary>
    public const string TokenHeader = "dapr-api-token";

    /// <summary>Another way to name the application to call. A caller must not choose it.</summary>
    public const string AppIdHeader = "dapr-app-id";

    private const int PortDefault = 3500;

    /// <summary>Limit for a health check or a secret. A slower local answer counts as no answer.</summary>
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(10);

    private Sidecar(Uri address, string? token)
    {
        (Address, Token) = (address, token);
        // Never through a proxy of the environment, because it is on this machine and handles secrets.
        Http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress =
            address, Timeout = AnswerMax };
        if (token is not null)
        {
            Http.DefaultRequestHeaders.Add(TokenHeader, token);
        }
    }

    public Uri Address { get; }

    public string? Token { get; }

    /// <summary>The sidecar of the configuration, or null when the process runs without one.</summary>
    public static Sidecar? Of(IConfiguration configuration) => configuration.GetValue("dapr:enabled", false)
        ? new Sidecar(new UriBuilder("http", "127.0.0.1", configuration.GetValue("DAPR_HTTP_PORT", PortDefault)).Uri,
            configuration["DAPR_API_TOKEN"])
        : null;

    /// <summary>Where a path is appended to call the application by this id.</summary>
    public Uri MethodsOf(string appId) => new(Address, $"v1.0/invoke/{Uri.EscapeDataString(appId)}/method/");

    /// <summary>The client for its own API, with the token. It lives as long as the process.</summary>
    internal HttpClient Http { get; }

    /// <summary>
    /// Whether its own API works: components are loaded and calls go out. This does not depend on this process, which
    /// may still be starting.
    /// </summary>
    internal async Task<bool> IsWellAsync(CancellationToken cancel)
    {
        using var answer = await Http.GetAsync(new Uri("v1.0/healthz/outbound", UriKind.Relative), cancel);
        return answer.IsSuccessStatusCode;
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
        builder.Services.AddSingleton<IProbeCheck, SidecarAnswers>();
    }
}

/// <summary>Ready: without its sidecar this process cannot be called and cannot call others.</summary>
internal sealed class SidecarAnswers(Sidecar sidecar) : IProbeCheck
{
    public string Name => "sidecar";

    public Probe Probe => Probe.Ready;

    public bool Needed => true;

    public async Task<string?> LookAsync(CancellationToken cancel) =>
        await sidecar.IsWellAsync(cancel) ? null : "not healthy";
}
