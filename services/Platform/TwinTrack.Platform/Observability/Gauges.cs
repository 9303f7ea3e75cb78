using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace TwinTrack.Platform.Observability;

/// <summary>
/// Gauges of the current state, last read from the tables. A scrape returns the last values and causes no query.
/// Thread-safe.
/// </summary>
public sealed class Gauges
{
    /// <summary>Most series of one gauge. Further series are left out.</summary>
    private const int SeriesMax = 500;

    private readonly Meter _meter;
    private readonly ConcurrentDictionary<(string Name, string Source), Measurement<double>[]> _seen = new();

    public Gauges(IMeterFactory meters)
    {
        _meter = meters.Create(Telemetry.Name);
        foreach (var (name, unit, text) in MetricNames.Gauges)
        {
            _meter.CreateObservableGauge(name,
                () => _seen.Where(pair => pair.Key.Name == name).SelectMany(pair => pair.Value), unit, text);
        }
    }

    /// <summary>Where <see cref="MetricsPage"/> listens; null while it is off.</summary>
    public Uri? Page { get; internal set; }

    /// <summary>Replaces all series of this source for this gauge, so old series disappear.</summary>
    public void Set(string name, string source, IEnumerable<Sample> samples) =>
        _seen[(name, source)] =
            [.. samples.Take(SeriesMax).Select(sample => new Measurement<double>(sample.Value, sample.Tags))];

    internal bool Owns(Instrument instrument) => ReferenceEquals(instrument.Meter.Scope, _meter.Scope);
}

/// <summary>One number under its labels.</summary>
/// <param name="Tags">
/// Words from small closed sets (a service, a channel, a state), never an id and never a person.
/// </param>
public sealed record Sample(double Value, params KeyValuePair<string, object?>[] Tags)
{
    public static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
