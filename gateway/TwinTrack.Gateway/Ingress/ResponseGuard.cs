using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using TwinTrack.Platform.Web;

namespace TwinTrack.Gateway.Ingress;

/// <summary>
/// Adds security headers to every response of this process. Limits how fast one address may try passwords
/// (<c>auth:triesPerSecond</c>, default 20). Behind a load balancer the address is the balancer's, so set a limit there
/// too.
/// </summary>
internal static class ResponseGuard
{
    private const int TriesPerSecond = 20;
    private const string TokenPath = "/auth/token";

    /// <summary>The content policy for every page.</summary>
    internal const string Everywhere = "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

    private static readonly (string Name, string Value)[] Headers =
    [
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Content-Security-Policy", $"default-src 'self'; {Everywhere}"),
    ];

    public static void AddShield(this IHostApplicationBuilder builder)
    {
        var tries = builder.Configuration.GetValue("auth:triesPerSecond", TriesPerSecond);
        builder.Services.AddRateLimiter(limits =>
        {
            limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http => LimitOf(http, tries));
            limits.OnRejected = async (context, cancel) =>
            {
                var http = context.HttpContext;
                http.Response.Headers.RetryAfter = 1.ToString(CultureInfo.InvariantCulture);
                var problem = HostRefusals.TooManyTries.ToProblem();
                http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                await http.Response.WriteAsJsonAsync(
                    problem.ProblemDetails, options: null, "application/problem+json", cancel);
            };
        });
        builder.Services.AddSingleton<IStartupFilter, Filter>();
    }

    private static RateLimitPartition<string> LimitOf(HttpContext http, int triesPerSecond) =>
        http.Request.Path.StartsWithSegments(TokenPath, StringComparison.OrdinalIgnoreCase)
            ? RateLimitPartition.GetTokenBucketLimiter(
                Neighbourhood(http.Connection.RemoteIpAddress), _ => new TokenBucketRateLimiterOptions
                {
                    TokenLimit = triesPerSecond,
                    TokensPerPeriod = triesPerSecond,
                    ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                    QueueLimit = 0,
                })
            : RateLimitPartition.GetNoLimiter("");

    /// <summary>An IPv4 address, or the /64 of an IPv6 address, because one subscriber has the whole /64.</summary>
    private static string Neighbourhood(IPAddress? address) => address switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
        _ => address.ToString(),
    };

    private sealed class Filter : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(AddHeaders);
            app.UseRateLimiter();
            next(app);
        };

        private static Task AddHeaders(HttpContext http, RequestDelegate next)
        {
            // Set at the last moment, because error handling clears earlier headers and a proxied answer may have its
            // own.
            http.Response.OnStarting(static state =>
            {
                var response = (HttpResponse)state;
                foreach (var (name, value) in Headers)
                {
                    response.Headers[name] = value;
                }

                if (ApiReference.PolicyOf(response.HttpContext) is { } policy)
                {
                    response.Headers.ContentSecurityPolicy = policy;
                }

                return Task.CompletedTask;
            }, http.Response);
            return next(http);
        }
    }
}
