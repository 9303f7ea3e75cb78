using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace TwinTrack.Platform.Observability;

/// <summary>
/// One handling of one message: a span that continues the sender's trace, and a duration. Names follow OpenTelemetry's
/// messaging conventions.
/// </summary>
internal sealed class HandlingSpan : IDisposable
{
    private static readonly Histogram<double> Duration = Telemetry.Meter.CreateHistogram(
        MetricNames.ProcessDuration, "s",
        "Time that handling a message took, with its transaction, by queue and error.type.",
        advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries =
            [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
        });

    private readonly long _begun = TimeProvider.System.GetTimestamp();
    private readonly Activity? _span;
    private readonly string _queue;
    private string? _error;

    private HandlingSpan(Activity? span, string queue) => (_span, _queue) = (span, queue);

    public static HandlingSpan Start(string service, string queue, Guid messageId, string? traceParent)
    {
        var span = TraceContext.Start($"process {queue}", ActivityKind.Consumer, service, traceParent);
        span?.SetTag("messaging.destination.name", queue);
        span?.SetTag("messaging.message.id", messageId);
        return new HandlingSpan(span, queue);
    }

    public void Failed(Exception fault)
    {
        _error = fault.GetType().Name;
        _span.Fail(_error);
    }

    public void Dispose()
    {
        var tags = new TagList { { "messaging.destination.name", _queue } };
        if (_error is not null)
        {
            tags.Add("error.type", _error);
        }

        Duration.Record(TimeProvider.System.GetElapsedTime(_begun).TotalSeconds, tags);
        _span?.Dispose();
    }
}
