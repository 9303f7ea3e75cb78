using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Platform.Health;

/// <summary>
/// Answers <c>/health/live</c>, <c>/health/started</c> and <c>/health/ready</c> (also <c>/health</c>): 200 or 503, with
/// the failed checks. Each check is bounded and its result kept for a second. So frequent callers, who need no token,
/// cost one query a second.
/// </summary>
internal sealed class Probes(IEnumerable<IProbeCheck> checks, GracefulStop leave, TimeProvider clock)
{
    /// <summary>Below a probe's usual time-out, so that the answer says what is slow.</summary>
    private static readonly TimeSpan LookMax = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<(Probe Probe, bool Stopping), (long At, Task<Report> Look)> _kept = [];
    private volatile Report? _started;

    /// <param name="Status">ok, degraded or failed.</param>
    internal sealed record Report(string Status, IReadOnlyList<Line> Checks)
    {
        internal bool Failed => Status == "failed";
    }

    /// <param name="Why">Null when all is well.</param>
    internal sealed record Line(string Name, bool Ok, bool Needed, string? Why);

    internal async Task<Report> LookAsync(Probe probe)
    {
        var own = await KeptAsync(probe);
        if (probe != Probe.Ready || own.Failed)
        {
            return own;
        }

        var started = await LookAsync(Probe.Started);
        return started.Failed ? started : own;
    }

    private Task<Report> KeptAsync(Probe probe)
    {
        if (probe == Probe.Started && _started is { } started)
        {
            return Task.FromResult(started);
        }

        lock (_gate)
        {
            // A result from before the stop signal is not used after it.
            var key = (probe, leave.Asked.IsCancellationRequested);
            if (!_kept.TryGetValue(key, out var kept) || clock.GetElapsedTime(kept.At) > KeptFor)
            {
                kept = (clock.GetTimestamp(), AskAsync(probe));
                _kept[key] = kept;
            }

            return kept.Look;
        }
    }

    private async Task<Report> AskAsync(Probe probe)
    {
        var lines = await Task.WhenAll(checks.Where(check => check.Probe == probe).Select(AskAsync));
        var status = lines.Any(line => !line.Ok && line.Needed)
            ? "failed" : lines.Any(line => !line.Ok) ? "degraded" : "ok";
        var report = new Report(status, lines);
        if (probe == Probe.Started && !report.Failed)
        {
            _started = report;
        }

        return report;
    }

    private async Task<Line> AskAsync(IProbeCheck check)
    {
        using var limit = new CancellationTokenSource(LookMax, clock);
        string? why;
        try
        {
            // On a separate thread, so that a check that ignores its token does not block the answer.
            why = await Task.Run(() => check.LookAsync(limit.Token), limit.Token).WaitAsync(limit.Token);
        }
        catch (Exception fault)
        {
            why = limit.IsCancellationRequested
                ? Invariant($"no answer within {LookMax.TotalSeconds:0} s")
                : fault is DbException data ? $"{fault.GetType().Name} {data.SqlState}".TrimEnd()
                    : fault.GetType().Name;
        }

        return new Line(check.Name, why is null, check.Needed, why);
    }
}

internal static class HealthEndpoints
{
    internal static void AddProbes(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton<Heartbeats>();
        services.AddSingleton<GracefulStop>();
        services.AddHostedService(all => all.GetRequiredService<GracefulStop>());
        services.Configure<HostOptions>(host => GracefulStop.Configure(host, builder.Configuration));
        services.AddSingleton<IProbeCheck, LoopsAlive>();
        services.AddSingleton<IProbeCheck, NotStopping>();
        services.AddSingleton<IProbeCheck, BusStarted>();
        services.AddSingleton<IProbeCheck, BusConnected>();
        services.AddSingleton<Probes>();
    }

    internal static void AddDatabaseProbes<TDb>(this IServiceCollection services)
        where TDb : ServiceDb
    {
        services.AddSingleton<IProbeCheck, SchemaReady<TDb>>();
        services.AddSingleton<IProbeCheck, DatabaseAnswers<TDb>>();
    }

    internal static void MapProbes(this IEndpointRouteBuilder routes)
    {
        Map(routes, "/health/live", Probe.Live);
        Map(routes, "/health/started", Probe.Started);
        Map(routes, "/health/ready", Probe.Ready);
        Map(routes, "/health", Probe.Ready);
    }

    private static void Map(IEndpointRouteBuilder routes, string path, Probe probe) => routes
        .MapGet(path, (HttpContext http, Probes probes) => AnswerAsync(http, probes, probe))
        .AllowAnonymous()
        .ExcludeFromDescription();

    private static async Task<IResult> AnswerAsync(HttpContext http, Probes probes, Probe probe)
    {
        http.Response.Headers.CacheControl = "no-store";
        var report = await probes.LookAsync(probe);
        return TypedResults.Json(
            report, statusCode: report.Failed ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }
}
