using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using TwinTrack.Platform.Security;

namespace TwinTrack.Platform.Observability;

/// <summary>
/// Wraps every request in a log scope with service and actor, and tags its span with the service. Health probes and
/// requests that no route takes leave no span.
/// </summary>
internal sealed class RequestSpan(RequestDelegate next, IEnumerable<IServiceModule> modules,
    ILogger<RequestSpan> logger)
{
    private readonly HashSet<string> _services = [.. modules.Select(module => module.Name)];

    public async Task InvokeAsync(HttpContext http)
    {
        var span = http.Features.Get<IHttpActivityFeature>()?.Activity;
        var service = ServiceOf(http);
        using var scope =
            logger.BeginScope(
                new KeyValuePair<string, object?>[] { new("service", service),
                    new("actor", http.User.Identity?.Name is null ? null : http.User.ToActor().ToString()) });
        try
        {
            await next(http);
        }
        finally
        {
            AddTags(span, http, service);
        }
    }

    private string? ServiceOf(HttpContext http)
    {
        var first = http.Request.Path.Value is { Length: > 1 } path ? path.Split('/', 3)[1] : "";
        return _services.Contains(first) ? first : null;
    }

    private static void AddTags(Activity? span, HttpContext http, string? service)
    {
        if (span is null)
        {
            return;
        }

        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        if (route is null || route.TrimStart('/').StartsWith("health", StringComparison.Ordinal))
        {
            span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            return;
        }

        if (service is not null)
        {
            span.SetTag(TraceContext.ServiceTag, service);
        }
    }
}
