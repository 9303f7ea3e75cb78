using System.Text.RegularExpressions;
using Microsoft.Extensions.Primitives;
using TwinTrack.Platform.Dapr;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Web;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.LoadBalancing;
using Yarp.ReverseProxy.Transforms;

namespace TwinTrack.Gateway.Ingress;

/// <summary>
/// Passes <c>/{service}/...</c> on, token and all, to the addresses at <c>gateway:services:{service}</c>
/// (comma-separated; <c>dapr://app-id</c> goes through this process's sidecar). The gateway checks the token first. The
/// service checks it again, and checks the roles. Bodies are streamed, not buffered. Each service has its own lower
/// limit.
/// </summary>
internal static partial class ServiceProxy
{
    /// <summary>Registry files, the largest that any service takes.</summary>
    private const long BodyMaxBytes = 256L * 1024 * 1024;

    /// <summary>Providers call back without our token. An unguessable path authenticates the call.</summary>
    private const string Callbacks = "/providers/callbacks/{**rest}";

    /// <summary>
    /// A copy that fails a call gets no calls for some seconds. A copy that is not ready gets none until it is ready.
    /// If no copy is healthy, all are tried, so that the caller gets the service's own error.
    /// </summary>
    private static readonly HealthCheckConfig Watch = new()
    {
        Active = new ActiveHealthCheckConfig
        {
            Enabled = true,
            Path = "/health/ready",
            Interval = TimeSpan.FromSeconds(2),
            Timeout = TimeSpan.FromSeconds(3),
            Policy = HealthCheckConstants.ActivePolicy.ConsecutiveFailures,
        },
        Passive = new PassiveHealthCheckConfig
        {
            Enabled = true,
            Policy = HealthCheckConstants.PassivePolicy.TransportFailureRate,
            ReactivationPeriod = TimeSpan.FromSeconds(5),
        },
        AvailableDestinationsPolicy = HealthCheckConstants.AvailableDestinations.HealthyOrPanic,
    };

    public static void AddServiceProxy(this IServiceCollection services)
    {
        services.AddReverseProxy().AddTransforms(context =>
        {
            // Appended, not replaced. A service reads it from the right, through its trusted proxies.
            context.AddXForwardedFor(action: ForwardedTransformActions.Append);
            context.AddXForwardedHost(action: ForwardedTransformActions.Set);
            context.AddXForwardedProto(action: ForwardedTransformActions.Set);
            SidecarCalls.Through(context, context.Services.GetService<Sidecar>());
        });
        services.AddSingleton<IProxyConfigProvider>(all => new Provider(all.GetRequiredService<IConfiguration>()));
    }

    /// <summary>
    /// Not in the idempotent transaction, which would buffer the body. The service behind has its own.
    /// </summary>
    public static void MapServiceProxy(this WebApplication app) => app.MapReverseProxy(proxy =>
    {
        proxy.Use(static (http, next) =>
        {
            if (http.GetReverseProxyFeature().Cluster.Config.Metadata?.ContainsKey(SidecarCalls.Scheme) == true
                && !SidecarCalls.IsPlain(http.Request.Path))
            {
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            }

            return next(http);
        });
        proxy.UseLoadBalancing();
        proxy.UsePassiveHealthChecks();
    }).WithOwnTransaction();

    /// <exception cref="InvalidOperationException">A name or an address is not valid.</exception>
    internal static (IReadOnlyList<RouteConfig> Routes,
        IReadOnlyList<ClusterConfig> Clusters) Read(IConfiguration configuration)
    {
        var sidecar = Sidecar.Of(configuration);
        var services = configuration.GetSection("gateway:services").GetChildren()
            .Select(service => (Name: service.Key, Addresses: Addresses(service.Key, service.Value, sidecar)))
            .ToList();
        var routes =
            services.ConvertAll(service => Route(service.Name, service.Name, $"/{service.Name}/{{**rest}}", "Default"));
        // A document holds only public information, and the page at /docs reads it without a token.
        routes.AddRange(
            services.Select(
                service =>
                    Route($"{service.Name}-document", service.Name, $"/openapi/{service.Name}.json", "Anonymous")));
        if (services.Exists(service => service.Name == "providers"))
        {
            routes.Add(Route("callbacks", "providers", Callbacks, "Anonymous"));
        }

        var clusters = services.ConvertAll(service => new ClusterConfig
        {
            ClusterId = service.Name,
            Destinations = service.Addresses.ToDictionary(
                address => address, address => new DestinationConfig { Address = Destination(address, sidecar) }),
            LoadBalancingPolicy = LoadBalancingPolicies.PowerOfTwoChoices,
            // The sidecar chooses among copies and knows which are healthy.
            HealthCheck = service.Addresses.All(IsAppId) ? null : Watch,
            Metadata = service.Addresses.All(IsAppId) ? SidecarCalls.Mark : null,
        });
        return (routes, clusters);
    }

    private static RouteConfig Route(string id, string cluster, string path, string policy) => new()
    {
        RouteId = id,
        ClusterId = cluster,
        Match = new RouteMatch { Path = path },
        AuthorizationPolicy = policy,
        MaxRequestBodySize = BodyMaxBytes,
    };

    private static bool IsAppId(string address) =>
        address.StartsWith(SidecarCalls.Scheme + "://", StringComparison.Ordinal);

    private static string Destination(string address, Sidecar? sidecar) =>
        IsAppId(address) ? sidecar!.MethodsOf(new Uri(address).Host).ToString() : address;

    private static string[] Addresses(string service, string? text, Sidecar? sidecar)
    {
        string[] addresses =
            [.. (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Distinct()];
        var byAppId = addresses is [var app] && AppAddress().IsMatch(app);
        if (!ServiceName().IsMatch(service) || service == "auth" || addresses.Length == 0
            || !(byAppId || addresses.All(IsPlainAddress)))
        {
            throw new InvalidOperationException(
                $"gateway:services:{service} must be one or more http or https addresses without a path, separated by "
                    + $"commas, or one dapr://app-id.");
        }

        return !byAppId || sidecar is not null
            ? addresses
            : throw new InvalidOperationException(
                $"gateway:services:{service} is called by app id through a Dapr sidecar, and dapr:enabled is not "
                    + $"true.");
    }

    private static bool IsPlainAddress(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
        && uri is { UserInfo: "", PathAndQuery: "/", Fragment: "" };

    [GeneratedRegex(@"^[a-z]{1,40}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ServiceName();

    [GeneratedRegex(@"^dapr://[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex AppAddress();

    /// <summary>Read once at start. New addresses need a restart.</summary>
    private sealed class Provider(IConfiguration configuration) : IProxyConfigProvider
    {
        private readonly Config _config = new(Read(configuration));

        public IProxyConfig GetConfig() => _config;

        private sealed class Config((IReadOnlyList<RouteConfig> Routes, IReadOnlyList<ClusterConfig> Clusters) read)
            : IProxyConfig
        {
            public IReadOnlyList<RouteConfig> Routes => read.Routes;

            public IReadOnlyList<ClusterConfig> Clusters => read.Clusters;

            public IChangeToken ChangeToken { get; } = new CancellationChangeToken(CancellationToken.None);
        }
    }
}
