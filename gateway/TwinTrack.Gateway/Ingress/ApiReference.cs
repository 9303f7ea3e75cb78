using Scalar.AspNetCore;
using TwinTrack.Platform;
using TwinTrack.Platform.Observability;

namespace TwinTrack.Gateway.Ingress;

/// <summary>
/// GET /docs: every service's OpenAPI document as a page to read and to try. Everything that it loads comes from this
/// process. Its content policy stops the browser from loading anything else.
/// </summary>
internal static class ApiReference
{
    private const string Path = "/docs";

    public static void MapApiReference(this IEndpointRouteBuilder root)
    {
        var services = Services(root.ServiceProvider);
        root.MapScalarApiReference(Path, page =>
        {
            page.WithTitle("TwinTrack API").WithNonce();
            foreach (var service in services)
            {
                page.AddDocument(service);
            }

            page.DefaultFonts = false;
            page.Telemetry = false;
            page.ProxyUrl = null;
            page.ShowDeveloperTools = DeveloperToolsVisibility.Never;
            page.HideClientButton = true;
            page.Agent = new ScalarAgentOptions { Disabled = true };
            page.Mcp = new ScalarMcpOptions { Disabled = true };
        }).AllowAnonymous();
    }

    /// <summary>The page's own policy, when this answer is the page; null for every other answer.</summary>
    /// <remarks>Scalar writes its styles into the page while it runs; scripts run only with this answer's
    /// nonce.</remarks>
    public static string? PolicyOf(HttpContext http) =>
        http.Items.TryGetValue(ScalarOptions.NonceHttpContextItemKey, out var nonce)
        ? $"default-src 'self'; script-src 'self' 'nonce-{nonce}'; "
            + $"style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
            + $"{ResponseGuard.Everywhere}"
        : null;

    /// <summary>The services of this process, and those that it forwards calls to.</summary>
    private static IEnumerable<string> Services(IServiceProvider provider) =>
        provider.GetServices<IServiceModule>().Select(module => module.Name)
            .Concat(provider.GetRequiredService<IConfiguration>().GetSection("gateway:services").GetChildren()
                .Select(service => service.Key))
            .Distinct();
}
