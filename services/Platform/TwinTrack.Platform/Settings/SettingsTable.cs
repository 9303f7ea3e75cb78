using TwinTrack.Platform.Health;
using TwinTrack.Platform.Observability;
using static TwinTrack.Platform.Settings.SettingKind;

namespace TwinTrack.Platform.Settings;

/// <summary>
/// Every setting of ours, and the standard settings that we read. docs/operating/running.md explains each.
/// </summary>
internal static class SettingsTable
{
    /// <summary>Refuses settings that are only for trials, and requires settings that must not be generated.</summary>
    internal const string Production = "production";

    internal const string LogFormat = "log:format";

    internal static readonly Setting[] All =
    [
        new("data", Text),
        new("urls", Addresses),
        new(Production, Flag),
        new("country", Country),
        new("ConnectionStrings:bus", Broker),
        new("ConnectionStrings:*", Postgres),
        new("database:migrate", Flag),
        new("roles:ownerPassword", Text, Secret: true),
        new("roles:password", Text, Secret: true),
        new("roles:connections", Number, Min: 1, Max: 10_000),
        new("auth:publicKey", Text),
        // A path, or the key itself when a secret store gave it.
        new("auth:privateKey", Text, Secret: true),
        new("auth:authority", Addresses),
        new("auth:admin:user", Text),
        new("auth:admin:password", Text, Secret: true),
        new("auth:demoUsers", Flag),
        new("auth:demoPassword", Text, Secret: true),
        new("auth:triesPerSecond", Number, Min: 1, Max: 10_000),
        new("keys:create", Flag),
        new("keys:*", Key, Secret: true),
        new("gateway:services:*", Services),
        // Peers whose X-Forwarded-For is trusted, where the address of a caller matters.
        new("proxies:trusted", Networks),
        new("webhooks:allowNetworks", Networks),
        new("webhooks:plainHttp", Flag),
        new("webhooks:backlogMax", Number, Min: 1, Max: 100_000_000),
        new("dapr:enabled", Flag),
        new("DAPR_HTTP_PORT", Number, Min: 1, Max: 65_535),
        new("DAPR_API_TOKEN", Text, Secret: true),
        new("dapr:secrets:store", Text),
        new("dapr:secrets:waitSeconds", Number, Min: 1, Max: 600),
        new(HealthSettings.StuckAfterSeconds, Number, Min: 1, Max: 3_600),
        new(GracefulStop.DrainSeconds, Number, Min: 0, Max: 300),
        new(GracefulStop.TimeoutSeconds, Number, Min: 1, Max: 600),
        new("messaging:InFlightMax", Number, Min: 1, Max: 1_000),
        new("messaging:HandlersMax", Number, Min: 1, Max: 64),
        new("messaging:ResendFirstSeconds", Number, Min: 0.1, Max: 3_600),
        new("messaging:ResendMaxSeconds", Number, Min: 0.1, Max: 3_600),
        new("messaging:SendMaxSeconds", Number, Min: 0.1, Max: 60),
        new("messaging:DeliveriesMax", Number, Min: 1, Max: 100),
        new(LogFormat, Words, Choices: ["text", "json"]),
        new(Telemetry.SpanFileKey, Text),
        new(Telemetry.StatementsKey, Flag),
        new(Observer.ObserveSeconds, Number, Min: 0.1, Max: 600),
        new("OTEL_SDK_DISABLED", Flag),
        new(Telemetry.TracesExporter, Words, Choices: ["none", Telemetry.Otlp]),
        new(Telemetry.MetricsExporter, Words, Choices: ["none", Telemetry.Otlp, Telemetry.Prometheus]),
        new("OTEL_EXPORTER_OTLP_ENDPOINT", Addresses),
        new("OTEL_EXPORTER_OTLP_HEADERS", Text, Secret: true),
        new(MetricsPage.Host, Text),
        new(MetricsPage.Port, Number, Min: 0, Max: 65_535),
    ];
}
