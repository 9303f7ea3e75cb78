using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using TwinTrack.Kernel;
using TwinTrack.Platform.Observability;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Channels;

/// <summary>
/// Telemetry of a channel's work. One span per unit continues the trace that ordered it. Each call has one client span
/// and one duration. Providers' outcomes are counted. Only ids and codes are shown.
/// </summary>
internal static partial class ProviderSpans
{
    internal const string Service = "providers";

    private static readonly Histogram<double> Duration = Telemetry.Meter.CreateHistogram(
        MetricNames.CallDuration, "s", "Time that a call to a provider took, by channel, operation and error.type.",
        advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries =
            [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30]
        });

    private static readonly Counter<long> Answers = Telemetry.Meter.CreateCounter<long>(
        MetricNames.Answers, "{answer}",
        "What providers said of orders, by channel, outcome and where it was said. A try that was rolled back counts "
            + "too.");

    /// <summary>
    /// The unit's span, from its journal lines to the provider's answer. It continues the trace of the first order and
    /// links to the other orders' traces.
    /// </summary>
    internal static Activity? StartUnit(string channel, IReadOnlyList<string?> causes)
    {
        var distinct = causes.OfType<string>().Distinct().Take(TraceContext.LinksMax).ToList();
        var span = TraceContext.Start("send unit", ActivityKind.Internal, Service, distinct.FirstOrDefault());
        span?.SetTag("twintrack.channel", channel);
        span.LinkTo(distinct.Skip(1));
        return span;
    }

    /// <summary>
    /// A call to a provider. Dispose it to end it. Call <see cref="Call.Failed"/> before when the result is unknown.
    /// </summary>
    internal static Call StartCall(string channel, string operation, string? unit, IEnumerable<string?> causes) =>
        new(channel, operation, unit, causes);

    internal static void Count(string channel, string outcome, string source, int count) => Answers.Add(
        count, new("channel", channel), new("outcome", outcome), new("source", source));

    internal sealed class Call : IDisposable
    {
        private readonly long _begun = TimeProvider.System.GetTimestamp();
        private readonly Activity? _span;
        private readonly string _channel;
        private readonly string _operation;
        private string? _error;

        internal Call(string channel, string operation, string? unit, IEnumerable<string?> causes)
        {
            (_channel, _operation) = (channel, operation);
            _span = Telemetry.Source.StartActivity($"{operation} {channel}", ActivityKind.Client);
            _span?.SetTag(TraceContext.ServiceTag, Service);
            _span?.SetTag("twintrack.channel", channel);
            _span?.SetTag("twintrack.unit", unit);
            _span.LinkTo(causes);
        }

        /// <param name="code">
        /// One of our codes. A provider's own code counts as REFUSED_TO_SAY, so that it cannot add a metric series for
        /// each word.
        /// </param>
        internal void Failed(string code) => _error = OurCode().IsMatch(code) ? code : "REFUSED_TO_SAY";

        /// <summary>A reading that tells nothing about any order counts as a failed call.</summary>
        internal void Record(Reading reading)
        {
            var verdicts = reading.Units.Select(unit => unit.Verdict).Concat(reading.Lines.Select(line => line.Verdict))
                .ToList();
            if (verdicts.Count > 0 && verdicts.TrueForAll(verdict => verdict.Outcome == Outcome.Unknown))
            {
                Failed(verdicts[0].Code);
            }
        }

        public void Dispose()
        {
            var tags = new TagList { { "channel", _channel }, { "operation", _operation } };
            if (_error is not null)
            {
                tags.Add("error.type", _error);
                _span.Fail(_error);
            }

            Duration.Record(TimeProvider.System.GetElapsedTime(_begun).TotalSeconds, tags);
            _span?.Dispose();
        }
    }

    [GeneratedRegex(@"^(TIMEOUT|UNREACHABLE|CONNECTION|FILE|FAULT|TOO_LARGE|UNREADABLE|HTTP\d{3})\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex OurCode();
}
