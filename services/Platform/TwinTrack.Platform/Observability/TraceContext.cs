using System.Diagnostics;

namespace TwinTrack.Platform.Observability;

/// <summary>
/// Carries the W3C trace context through rows and headers. All effects of a request belong to its trace, in any process
/// and at any later time. Spans carry ids, counts and codes, never a name, a phone or an account.
/// </summary>
public static class TraceContext
{
    /// <summary>The span's service, because one process may run all services.</summary>
    public const string ServiceTag = "twintrack.service";

    /// <summary>
    /// Most links of one span. For a unit of 500 orders from as many causes, the first links are enough.
    /// </summary>
    public const int LinksMax = 16;

    /// <summary>Most ids shown on a span. A larger chunk shows its count.</summary>
    public const int IdsMax = 16;

    private static readonly Lock Gate = new();
    private static ActivityListener? _keeper;

    /// <summary>The current traceparent, to store with the effects.</summary>
    public static string? Current => Activity.Current is { IdFormat: ActivityIdFormat.W3C } now ? now.Id : null;

    /// <summary>Starts a span of a service under a stored context. A null context starts a new trace.</summary>
    public static Activity? Start(string name, ActivityKind kind, string service, string? traceParent)
    {
        var span = Parse(traceParent) is { } parent
            ? Telemetry.Source.StartActivity(name, kind, parent)
            : StartRoot(name, kind);
        span?.SetTag(ServiceTag, service);
        return span;
    }

    /// <summary>Links the span to the earlier causes of the things that it is about.</summary>
    public static void LinkTo(this Activity? span, IEnumerable<string?> traceParents)
    {
        if (span is not { IsAllDataRequested: true })
        {
            return;
        }

        var known = span.Links.Select(link => link.Context).ToHashSet();
        foreach (var context in traceParents.Select(Parse).OfType<ActivityContext>()
            .Where(context => context.TraceId != span.TraceId || context.SpanId != span.ParentSpanId))
        {
            if (known.Count < LinksMax && known.Add(context))
            {
                span.AddLink(new ActivityLink(context));
            }
        }
    }

    /// <summary>Adds the number of instructions to the span, and their ids when they are few.</summary>
    public static void TagInstructions(this Activity? span, IEnumerable<string> ids)
    {
        if (span is { IsAllDataRequested: true })
        {
            var all = ids.ToList();
            span.SetTag("twintrack.instructions", all.Count);
            if (all.Count <= IdsMax)
            {
                span.SetTag("twintrack.instruction.ids", all.ToArray());
            }
        }
    }

    /// <summary>The span failed with this code, or with this kind of fault. A fault's text stays in the log.</summary>
    public static void Fail(this Activity? span, string code)
    {
        span?.SetTag("error.type", code);
        span?.SetStatus(ActivityStatusCode.Error);
    }

    public static void Fail(this Activity? span, Exception fault) => span.Fail(fault.GetType().Name);

    internal static ActivityContext? Parse(string? traceParent) =>
        traceParent is not null && ActivityContext.TryParse(traceParent, null, isRemote: true, out var context)
            ? context : null;

    /// <summary>
    /// Creates and passes on contexts even without an exporter. Another process may export, and logs always name the
    /// trace.
    /// </summary>
    internal static void Keep()
    {
        lock (Gate)
        {
            if (_keeper is null)
            {
                _keeper = new ActivityListener
                {
                    ShouldListenTo = static source => source.Name is Telemetry.Name or "Microsoft.AspNetCore",
                    Sample = static (ref ActivityCreationOptions<ActivityContext> _) =>
                        ActivitySamplingResult.PropagationData,
                    SampleUsingParentId = static (ref ActivityCreationOptions<string> _) =>
                        ActivitySamplingResult.PropagationData,
                };
                ActivitySource.AddActivityListener(_keeper);
            }
        }
    }

    private static Activity? StartRoot(string name, ActivityKind kind)
    {
        var around = Activity.Current;
        Activity.Current = null;
        var span = Telemetry.Source.StartActivity(name, kind);
        if (span is null)
        {
            Activity.Current = around;
        }

        return span;
    }
}
