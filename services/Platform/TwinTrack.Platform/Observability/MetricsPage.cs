using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;

namespace TwinTrack.Platform.Observability;

/// <summary>
/// <c>/metrics</c> for Prometheus on a separate port: <c>OTEL_EXPORTER_PROMETHEUS_HOST</c>, by default localhost, and
/// <c>_PORT</c>, by default 9464. So the gateway or an ingress cannot reach it. In a cluster a network policy allows
/// only the scraper.
/// </summary>
internal sealed class MetricsPage(
    IConfiguration configuration, MetricReader reader, PrometheusText text, Gauges gauges)
    : IHostedService, IAsyncDisposable
{
    internal const string Host = "OTEL_EXPORTER_PROMETHEUS_HOST";
    internal const string Port = "OTEL_EXPORTER_PROMETHEUS_PORT";
    internal const int PortDefault = 9464;
    private const int CollectMaxMs = 5_000;

    private readonly Lock _gate = new();
    private WebApplication? _site;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        var host = configuration[Host] ?? "localhost";
        var port = configuration.GetValue(Port, PortDefault);
        builder.WebHost.UseUrls(
            Invariant($"http://{(host == "localhost" ? "127.0.0.1" : host)}:{port}"));
        _site = builder.Build();
        _site.MapGet("/metrics", () => TypedResults.Text(Collect(), "text/plain; version=0.0.4; charset=utf-8"));
        await _site.StartAsync(cancellationToken);
        gauges.Page = new Uri(_site.Urls.Single());
    }

    /// <summary>The page ends with the host, after everything that it shows has stopped.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private string Collect()
    {
        // One collection at a time: the exporter keeps the text of the last one.
        lock (_gate)
        {
            reader.Collect(CollectMaxMs);
            return text.Text;
        }
    }

    public ValueTask DisposeAsync() => _site?.DisposeAsync() ?? ValueTask.CompletedTask;
}
