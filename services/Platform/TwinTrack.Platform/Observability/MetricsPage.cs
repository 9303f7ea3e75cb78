using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;

namespace TwinTrack.Platform.Observability;

/// <summary>
/// <c>/metrics</c> for Prometheus on a separate port: <c>OTEL_EXPORTER_PROMETHEUS_HOST</c>, by default localhost, and
/// <c>_PORT</c>, by default 9464. So the gateway or an ingress cannot reach it. In a cluster a network policy allows
/// only the scraper.
/// </summary>
internal sealed class MetricsPage : IAsyncDisposable
{
    internal const string Host = "OTEL_EXPORTER_PROMETHEUS_HOST";
    internal const string Port = "OTEL_EXPORTER_PROMETHEUS_PORT";
    internal const int PortDefault = 9464;
    private const int CollectMaxMs = 5_000;

    private readonly WebApplication _site;

    private MetricsPage(WebApplication site) => _site = site;

    public static async Task<MetricsPage> StartAsync(
        IConfiguration configuration, BaseExportingMetricReader reader, PrometheusText text, Gauges gauges,
        CancellationToken cancel)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        var host = configuration[Host] ?? "localhost";
        var port = configuration.GetValue(Port, PortDefault);
        builder.WebHost.UseUrls(
            Invariant($"http://{(host == "localhost" ? "127.0.0.1" : host)}:{port}"));
        var site = builder.Build();
        var gate = new Lock();
        site.MapGet(
            "/metrics",
            () => TypedResults.Text(Collect(reader, text, gate), "text/plain; version=0.0.4; charset=utf-8"));
        await site.StartAsync(cancel);
        gauges.Page = new Uri(site.Urls.Single());
        return new MetricsPage(site);
    }

    private static string Collect(BaseExportingMetricReader reader, PrometheusText text, Lock gate)
    {
        // One collection at a time: the exporter keeps the text of the last one.
        lock (gate)
        {
            reader.Collect(CollectMaxMs);
            return text.Text;
        }
    }

    public async ValueTask DisposeAsync() => await _site.DisposeAsync();
}
