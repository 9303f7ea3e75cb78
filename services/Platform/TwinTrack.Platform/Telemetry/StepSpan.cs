using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace TwinTrack.Platform;

/// <summary>
/// One step of a job: a span, and a log scope that names service and job. A job that a request started continues its trace; one that is woken by many starts
/// a trace a step. A step that only looked and found nothing leaves no span.
/// </summary>
internal sealed class StepSpan : IDisposable
{
    private readonly Activity? _span;
    private readonly IDisposable? _scope;

    private StepSpan(Activity? span, IDisposable? scope) => (_span, _scope) = (span, scope);

    public static StepSpan Start(string service, Job job, ILogger logger)
    {
        var span = TraceContext.Start($"job {job.Kind}", ActivityKind.Internal, service, job.TraceParent);
        span?.SetTag("twintrack.job.subject", job.Subject);
        return new StepSpan(span, logger.BeginScope(new KeyValuePair<string, object?>[] { new("service", service), new("job", job.Kind), new("subject", job.Subject) }));
    }

    public void Failed(Exception fault) => _span.Fail(fault);

    /// <summary>A step that goes to rest without having sent or called anything is not worth a line in a trace.</summary>
    public void Ended(JobStep step)
    {
        if (_span is not null && !step.Done && step.Wait > TimeSpan.Zero && _span.GetCustomProperty(Work) is null)
        {
            _span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }

    /// <summary>Says that the step at work now did something that can be seen from outside.</summary>
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
        _scope?.Dispose();
        _span?.Dispose();
    }
}
