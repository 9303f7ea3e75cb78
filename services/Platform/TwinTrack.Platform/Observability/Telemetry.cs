using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
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

    /// <summary>A span for each SQL statement on PostgreSQL.</summary>
    internal const string StatementsKey = "telemetry:statements";

    /// <summary>The word that turns <see cref="MetricsPage"/> on.</summary>
    internal const string Prometheus = "prometheus";

    /// <summary>The word for the OpenTelemetry protocol.</summary>
    internal const string Otlp = "otlp";

    public static readonly ActivitySource Source = new(Name);

    /// <summary>The meter for events: durations and counts. <see cref="Gauges"/> holds the current state.</summary>
    public static readonly Meter Meter = new(Name);

    private static readonly string[] Meters =
        [Name, "Microsoft.AspNetCore.Hosting", "System.Net.Http", "System.Runtime"];

    public static void AddTelemetry(this IHostApplicationBuilder builder, string serviceName)
    {
        TraceContext.Keep();
        var (configuration, services) = (builder.Configuration, builder.Services);
        services.AddSingleton<Gauges>();
        var telemetry = services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService(serviceName));
        if (Wants(configuration, TracesExporter, Otlp) || configuration[SpanFileKey] is not null)
        {
            telemetry.WithTracing(traces => AddTraces(traces, configuration));
        }

        if (Wants(configuration, MetricsExporter, Prometheus) || Wants(configuration, MetricsExporter, Otlp))
        {
            AddMetrics(services, telemetry, configuration);
            services.AddHostedService<Observer>();
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

    private static void AddTraces(TracerProviderBuilder traces, IConfiguration configuration)
    {
        // The other standard propagator is baggage: a caller's own words, which must not go on to a provider.
        Sdk.SetDefaultTextMapPropagator(new TraceContextPropagator());
        traces.AddSource(Name).AddAspNetCoreInstrumentation().AddHttpClientInstrumentation()
            .AddProcessor(new AddressRemoval());
        if (configuration.GetValue(StatementsKey, false))
        {
            traces.AddNpgsql();
        }

        if (Wants(configuration, TracesExporter, Otlp))
        {
            traces.AddOtlpExporter();
        }

        if (configuration[SpanFileKey] is { } file)
        {
            traces.AddProcessor(_ => new SimpleActivityExportProcessor(new SpanFile(file)));
        }
    }

    private static void AddMetrics(
        IServiceCollection services, IOpenTelemetryBuilder telemetry, IConfiguration configuration)
    {
        telemetry.WithMetrics(metrics => metrics.AddMeter(Meters));
        // Two hosts in one process, as in tests, observe only their own tables and requests. A provider keeps a
        // thousand streams, and those of other hosts would fill it.
        services.ConfigureOpenTelemetryMeterProvider((provider, metrics) => metrics.AddView(
            instrument => instrument.Meter.Scope is null || provider.GetRequiredService<Gauges>().Owns(instrument)
                ? null : MetricStreamConfiguration.Drop));
        if (Wants(configuration, MetricsExporter, Otlp))
        {
            telemetry.WithMetrics(metrics => metrics.AddOtlpExporter());
        }

        if (Wants(configuration, MetricsExporter, Prometheus))
        {
            services.AddSingleton<PrometheusText>();
            services.AddSingleton<MetricReader>(
                provider => new BaseExportingMetricReader(provider.GetRequiredService<PrometheusText>()));
            telemetry.WithMetrics(metrics => metrics.AddReader(
                provider => provider.GetRequiredService<MetricReader>()));
            services.AddHostedService<MetricsPage>();
        }
    }
}
