using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace TwinTrack.Platform.Observability;

/// <summary>
/// Traces and metrics. The framework, <see cref="Source"/> and <see cref="Meter"/> record them. They are exported only
/// where the standard variables say so (docs/operating/traces.md and metrics.md). By default export is off. The W3C
/// context always crosses processes, in outbox rows, headers and jobs.
/// </summary>
public static class Telemetry
{
    public const string Name = "TwinTrack";

    internal const string TracesExporter = "OTEL_TRACES_EXPORTER";
    internal const string MetricsExporter = "OTEL_METRICS_EXPORTER";
    internal const string SpanFileKey = "telemetry:file";

    /// <summary>The word that turns <see cref="MetricsPage"/> on.</summary>
    internal const string Prometheus = "prometheus";

    /// <summary>The word for the OpenTelemetry protocol.</summary>
    internal const string Otlp = "otlp";

    public static readonly ActivitySource Source = new(Name);

    /// <summary>The meter for events: durations and counts. <see cref="Gauges"/> holds the current state.</summary>
    public static readonly Meter Meter = new(Name);

    private static readonly string[] Sources = [Name, "Microsoft.AspNetCore", "System.Net.Http"];
    private static readonly string[] Meters =
        [Name, "Microsoft.AspNetCore.Hosting", "System.Net.Http", "System.Runtime"];

    public static void AddTelemetry(this IHostApplicationBuilder builder, string serviceName)
    {
        TraceContext.Keep();
        var configuration = builder.Configuration;
        builder.Services.AddSingleton<Gauges>();
        builder.Services.AddHostedService(
            services => new Exporters(configuration, serviceName, services.GetRequiredService<Gauges>()));
        if (Wants(configuration, MetricsExporter, Prometheus) || Wants(configuration, MetricsExporter, Otlp))
        {
            builder.Services.AddHostedService<Observer>();
        }
    }

    /// <summary>
    /// Whether a standard variable names this exporter. If it is unset, an OTLP endpoint selects the exporter.
    /// </summary>
    internal static bool Wants(IConfiguration configuration, string variable, string exporter)
    {
        if (configuration.GetValue("OTEL_SDK_DISABLED", false))
        {
            return false;
        }

        var signal = variable == TracesExporter ? "TRACES" : "METRICS";
        return configuration[variable] is { Length: > 0 } words
            ? words.Split(',', StringSplitOptions.TrimEntries).Contains(exporter)
            : exporter == Otlp
                && (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]
                    ?? configuration[$"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"]) is { Length: > 0 };
    }

    /// <summary>
    /// Keeps the providers alive as long as the host, and flushes them after everything else has stopped.
    /// </summary>
    private sealed class Exporters(IConfiguration configuration, string serviceName, Gauges gauges)
        : IHostedLifecycleService
    {
        private readonly List<IAsyncDisposable> _open = [];

        public async Task StartingAsync(CancellationToken cancellationToken)
        {
            var resource = ResourceBuilder.CreateDefault().AddService(serviceName);
            if (StartTraces(resource) is { } traces)
            {
                _open.Add(new Later(traces));
            }

            if (Wants(configuration, MetricsExporter, Otlp))
            {
                _open.Add(new Later(MeterBuilder(resource).AddOtlpExporter().Build()));
            }

            if (Wants(configuration, MetricsExporter, Prometheus))
            {
                var text = new PrometheusText();
                var reader = new BaseExportingMetricReader(text);
                _open.Add(new Later(MeterBuilder(resource).AddReader(reader).Build()));
                _open.Add(await MetricsPage.StartAsync(configuration, reader, text, gauges, cancellationToken));
            }
        }

        private TracerProvider? StartTraces(ResourceBuilder resource)
        {
            var otlp = Wants(configuration, TracesExporter, Otlp);
            var file = configuration[SpanFileKey];
            if (!otlp && file is null)
            {
                return null;
            }

            var builder = Sdk.CreateTracerProviderBuilder()
                .ConfigureServices(services => services.AddSingleton(configuration)).SetResourceBuilder(resource)
                .AddSource(Sources);
            if (otlp)
            {
                builder.AddOtlpExporter();
            }

            return (file is null
                ? builder : builder.AddProcessor(new SimpleActivityExportProcessor(new SpanFile(file)))).Build();
        }

        private MeterProviderBuilder MeterBuilder(ResourceBuilder resource) => Sdk.CreateMeterProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(configuration))
            .SetResourceBuilder(resource)
            .AddMeter(Meters)
            // Two hosts in one process, as in tests, observe only their own tables and requests. A provider keeps a
            // thousand streams, and those of other hosts would fill it.
            .AddView(
            instrument => instrument.Meter.Scope is null || gauges.Owns(instrument)
                ? null : MetricStreamConfiguration.Drop);

        public async Task StoppedAsync(CancellationToken cancellationToken)
        {
            foreach (var one in _open.AsEnumerable().Reverse())
            {
                await one.DisposeAsync();
            }
        }

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Later(IDisposable provider) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            provider.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
