using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace TwinTrack.Platform.Observability;

/// <summary>
/// Metrics in the Prometheus text format, version 0.0.4. Names follow the OpenTelemetry compatibility specification:
/// dots become underscores, units are written out, and counters end with <c>_total</c>. By hand: the exporter
/// package is a beta (decision 0016).
/// </summary>
internal sealed class PrometheusText : BaseExporter<Metric>
{
    /// <summary>Of the last collection.</summary>
    public string Text { get; private set; } = "";

    public override ExportResult Export(in Batch<Metric> batch)
    {
        var text = new StringBuilder();
        foreach (var metric in batch)
        {
            Write(text, metric);
        }

        Text = text.ToString();
        return ExportResult.Success;
    }

    internal static string NameOf(string name, string unit, bool grows)
    {
        var text = new StringBuilder(name.Length + 10);
        foreach (var letter in name)
        {
            text.Append(char.IsAsciiLetterOrDigit(letter) ? letter : '_');
        }

        var word = unit switch
        {
            "s" => "seconds",
            "By" => "bytes",
            "ms" => "milliseconds",
            "%" => "percent",
            _ =>
            null
        };
        if (word is not null && !name.EndsWith(word, StringComparison.Ordinal))
        {
            text.Append('_').Append(word);
        }

        return grows ? text.Append("_total").ToString() : text.ToString();
    }

    private static void Write(StringBuilder text, Metric metric)
    {
        var grows = metric.MetricType is MetricType.LongSum or MetricType.DoubleSum;
        var name = NameOf(metric.Name, metric.Unit, grows);
        var kind = grows ? "counter" : metric.MetricType == MetricType.Histogram ? "histogram" : "gauge";
        if (metric.Description is { Length: > 0 } help)
        {
            text.Append("# HELP ").Append(name).Append(' ')
                .Append(help.Replace("\\", "\\\\", StringComparison.Ordinal)
                    .Replace("\n", "\\n", StringComparison.Ordinal)).Append('\n');
        }

        text.Append("# TYPE ").Append(name).Append(' ').Append(kind).Append('\n');
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            WritePoint(text, metric.MetricType, name, in point);
        }
    }

    private static void WritePoint(StringBuilder text, MetricType type, string name, ref readonly MetricPoint point)
    {
        switch (type)
        {
            case MetricType.LongSum or MetricType.LongSumNonMonotonic:
                Line(text, name, point.Tags, null, point.GetSumLong());
                break;
            case MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic:
                Line(text, name, point.Tags, null, point.GetSumDouble());
                break;
            case MetricType.LongGauge:
                Line(text, name, point.Tags, null, point.GetGaugeLastValueLong());
                break;
            case MetricType.DoubleGauge:
                Line(text, name, point.Tags, null, point.GetGaugeLastValueDouble());
                break;
            case MetricType.Histogram:
                WriteHistogram(text, name, in point);
                break;
            default:
                // Exponential histograms have no form in this format; none of ours is one.
                break;
        }
    }

    private static void WriteHistogram(StringBuilder text, string name, ref readonly MetricPoint point)
    {
        long below = 0;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            below += bucket.BucketCount;
            Line(text, name + "_bucket", point.Tags,
                double.IsPositiveInfinity(bucket.ExplicitBound)
                    ? "+Inf" : bucket.ExplicitBound.ToString("R", CultureInfo.InvariantCulture), below);
        }

        Line(text, name + "_sum", point.Tags, null, point.GetHistogramSum());
        Line(text, name + "_count", point.Tags, null, point.GetHistogramCount());
    }

    private static void Line(StringBuilder text, string name, ReadOnlyTagCollection tags, string? upTo, double value)
    {
        text.Append(name);
        var comma = '{';
        foreach (var (key, word) in tags)
        {
            text.Append(comma).Append(NameOf(key, "", grows: false)).Append("=\"").Append(Escape(word)).Append('"');
            comma = ',';
        }

        if (upTo is not null)
        {
            text.Append(comma).Append("le=\"").Append(upTo).Append('"');
            comma = ',';
        }

        text.Append(comma == ',' ? "} " : " ").Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }

    private static string Escape(object? word) => (Convert.ToString(word, CultureInfo.InvariantCulture) ?? "")
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);
}
