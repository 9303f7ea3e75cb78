using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TwinTrack.Embedded;
using TwinTrack.Platform.Observability;
using TwinTrack.Services.Tests.WholeCycle;

namespace TwinTrack.Services.Tests.Operations;

[CollectionDefinition(Name)]
public sealed class WatchedTests : ICollectionFixture<WatchedCycle>
{
    public const string Name = "A watched cycle";
}

/// <summary>
/// One small whole cycle with all telemetry on. Logs are at the most detailed level, spans in a file, and metrics on
/// their page.
/// </summary>
public sealed class WatchedCycle : IAsyncLifetime
{
    internal const int Households = 48;
    private const string Channel = "t1-momo";

    /// <summary>More than the streams that a provider keeps.</summary>
    private const int ForeignInstruments = 1_100;

    private readonly Meter _foreign = new("Microsoft.AspNetCore.Hosting", null, null, new object());
    private readonly LogRecorder _log = new();
    private WholeCycle.Providers? _providers;
    private TestHost? _host;

    /// <summary>Every line that was logged, with its scopes.</summary>
    internal IReadOnlyList<string> Logs => [.. _log.Lines];

    internal IReadOnlyList<JsonElement> Spans { get; private set; } = [];

    internal string SpanText { get; private set; } = "";

    /// <summary>The metrics page when the cycle was over.</summary>
    internal string Metrics { get; private set; } = "";

    /// <summary>What the page and the tables said of the paused channel at one moment.</summary>
    internal (string Page, string Tables) Paused { get; private set; }

    /// <summary>The batch that was released.</summary>
    internal string Batch { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        // As if hundreds of other hosts were in this process, which none of our pages is about.
        for (var number = 0; number < ForeignInstruments; number++)
        {
            _foreign.CreateCounter<long>(Invariant($"foreign.requests.{number}")).Add(1);
        }

        _providers = await WholeCycle.Providers.StartAsync(seed: 11);
        var spans = Path.Combine(Directory.CreateTempSubdirectory("twintrack-spans-").FullName, "spans.jsonl");
        _host = await TestHost.StartAsync(
            null,
            [
                "--Logging:LogLevel:Default", "Debug", "--telemetry:file", spans, "--telemetry:observeSeconds", "0.2",
                "--OTEL_METRICS_EXPORTER", "prometheus", "--OTEL_EXPORTER_PROMETHEUS_PORT", "0",
            ],
            services => services.AddSingleton<ILoggerProvider>(_log),
            AllModules.InReadingOrder());
        var call = new Caller(_host);
        var script = new Script(_providers, Households, () => new Uri(_host.Address, "providers/callbacks").ToString());
        foreach (var (name, work) in script.Steps)
        {
            await work(call);
            if (name == "pause")
            {
                Paused = await CompareAsync(call);
            }
        }

        Batch = script.Batch;
        Metrics = await PageAsync();
        await _host.App.StopAsync();
        SpanText = await File.ReadAllTextAsync(spans);
        Spans = [.. SpanText.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
    }

    public async ValueTask DisposeAsync()
    {
        _foreign.Dispose();
        await (_host?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_providers?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    /// <summary>One sample's value; null when there is no such series.</summary>
    internal static double? ValueOf(string page, string name, params string[] labels) => page.Split('\n')
        .Where(line =>
            (line.StartsWith(name + "{", StringComparison.Ordinal)
                || line.StartsWith(name + " ", StringComparison.Ordinal)) && labels.All(line.Contains))
        .Select(line => (double?)double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture))
        .FirstOrDefault();

    private async Task<string> PageAsync()
    {
        using var http = new HttpClient();
        return await http.GetStringAsync(new Uri(_host!.App.Services.GetRequiredService<Gauges>().Page!, "/metrics"));
    }

    /// <summary>Asks both until they agree: between two looks the tables may move on.</summary>
    private async Task<(string Page, string Tables)> CompareAsync(Caller call)
    {
        return await TestHost.Until(
            async () =>
            {
                var channels = await call.GetAsync("operator", "/providers/channels");
                var row = channels.GetProperty("items").EnumerateArray()
                    .Single(item => item.Text("channel") == Channel);
                var page = await PageAsync();
                double? Seen(string state) =>
                    ValueOf(page, "twintrack_instructions", $"channel=\"{Channel}\"", $"state=\"{state}\"");
                var gate = ValueOf(page, "twintrack_gate_open", $"channel=\"{Channel}\"");
                var epoch = ValueOf(page, "twintrack_gate_epoch", $"channel=\"{Channel}\"");
                return (
                    Page: Invariant(
                        $"gate {gate} epoch {epoch} queued {Seen("queued")} sent {Seen("sent") + Seen("accepted")} ")
                        + Invariant($"doubt {Seen("in_doubt")}"),
                    Tables: Invariant(
                        $"gate {(row.GetProperty("open").GetBoolean() ? 1 : 0)} epoch {row.GetProperty("epoch")} ")
                        + $"queued {row.GetProperty("queued")} sent {row.GetProperty("sent")} doubt "
                        + $"{row.GetProperty("inDoubt")}");
            },
            both => both.Page == both.Tables);
    }

    /// <summary>Hears all that is logged, as a log file would hold it.</summary>
    private sealed class LogRecorder : ILoggerProvider, ISupportExternalScope
    {
        private IExternalScopeProvider? _scopes;

        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => new RecordingLogger(this, categoryName);

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

        public void Dispose()
        {
            // It owns nothing.
        }

        private sealed class RecordingLogger(LogRecorder recorder, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => recorder._scopes?.Push(state);

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
                Func<TState, Exception?, string> formatter)
            {
                var scopes = new List<string>();
                recorder._scopes?.ForEachScope(
                    static (scope, all) => all.Add(
                        scope is IEnumerable<KeyValuePair<string, object?>> pairs
                            ? string.Join(' ', pairs.Select(pair => $"{pair.Key}={pair.Value}")) : $"{scope}"), scopes);
                recorder.Lines.Enqueue(
                    $"{logLevel} {category} {formatter(state, exception)} [{string.Join(' ', scopes)}] {exception}");
            }
        }
    }
}
