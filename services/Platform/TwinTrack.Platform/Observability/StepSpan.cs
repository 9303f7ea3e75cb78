using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Platform.Observability;

/// <summary>
/// One step of a job: a span, and a log scope that names service and job. A job that a request started continues that
/// trace. A job that many things wake starts a trace for each step. A step that found nothing to do leaves no span.
/// </summary>
internal sealed partial class StepSpan : IDisposable
{
    private static readonly Histogram<double> Duration = Telemetry.Meter.CreateHistogram(
        MetricNames.StepDuration, "s", "Time that a step of a job took, by service, kind and error.type.",
        advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries =
            [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
        });

    private readonly long _begun = TimeProvider.System.GetTimestamp();
    private readonly Activity? _span;
    private readonly ILogger _logger;
    private readonly IDisposable? _scope;
    private readonly TagList _tags;
    private string? _error;

    private StepSpan(Activity? span, ILogger logger, IDisposable? scope, string service, string kind) =>
        (_span, _logger, _scope, _tags) = (span, logger, scope,
            new TagList { { "service", service }, { "kind", kind } });

    public static StepSpan Start(string service, Job job, ILogger logger)
    {
        var span = TraceContext.Start($"job {job.Kind}", ActivityKind.Internal, service, job.TraceParent);
        span?.SetTag("twintrack.job.subject", job.Subject);
        return new StepSpan(
            span, logger,
            logger.BeginScope(
                new KeyValuePair<string, object?>[] { new("service", service), new("job", job.Kind),
                    new("subject", job.Subject) }), service, job.Kind);
    }

    public void Failed(Exception fault)
    {
        _error = fault.GetType().Name;
        _span.Fail(fault);
    }

    /// <summary>A step that sleeps without a send or a call leaves no span.</summary>
    public void Ended(JobStep step)
    {
        if (_span is not null && !step.Done && step.Wait > TimeSpan.Zero && _span.GetCustomProperty(Work) is null)
        {
            _span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }

    /// <summary>Records that the current step had an outside effect.</summary>
    internal static void Worked()
    {
        for (var span = Activity.Current; span is not null; span = span.Parent)
        {
            span.SetCustomProperty(Work, Work);
        }
    }

    private const string Work = "twintrack.worked";

    public void Dispose()
    {
        var tags = _tags;
        if (_error is not null)
        {
            tags.Add("error.type", _error);
        }

        var took = TimeProvider.System.GetElapsedTime(_begun);
        Duration.Record(took.TotalSeconds, tags);
        LogEnded(_logger, took.TotalMilliseconds, _error ?? "done");
        _scope?.Dispose();
        _span?.Dispose();
    }

    [LoggerMessage(EventId = 136, Level = LogLevel.Debug,
        Message = "Step ended after {Milliseconds:0.0} ms: {Outcome}")]
    private static partial void LogEnded(ILogger logger, double milliseconds, string outcome);
}
