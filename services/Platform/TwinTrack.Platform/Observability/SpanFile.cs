using System.Diagnostics;
using System.Text.Json;
using OpenTelemetry;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Platform.Observability;

/// <summary>
/// Writes spans as lines of JSON to the file at <c>telemetry:file</c>, to see a trace without a collector. One file per
/// process. It only grows, so it is not for production.
/// </summary>
internal sealed class SpanFile : BaseExporter<Activity>
{
    private readonly StreamWriter _file;

    public SpanFile(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        _file = new StreamWriter(
            new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite))
        { AutoFlush = true };
    }

    public override ExportResult Export(in Batch<Activity> batch)
    {
        var service =
            ParentProvider?.GetResource().Attributes.FirstOrDefault(pair => pair.Key == "service.name").Value as string;
        foreach (var span in batch)
        {
            _file.WriteLine(JsonSerializer.Serialize(Line.Of(span, service)));
        }

        return ExportResult.Success;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
        }

        base.Dispose(disposing);
    }

    private sealed record Link(string Trace, string Span);

    /// <param name="Ms">Milliseconds.</param>
    private sealed record Line(
        string Trace, string Span, string? Parent, string Name, string Kind, string? Service, DateTime Start, double Ms,
        string Status, Dictionary<string, object?> Attributes, Link[] Links)
    {
        public static Line Of(Activity span, string? service) => new(
            span.TraceId.ToHexString(),
            span.SpanId.ToHexString(),
            span.ParentSpanId == default ? null : span.ParentSpanId.ToHexString(),
            span.DisplayName,
            span.Kind.ToString(),
            span.GetTagItem(TraceContext.ServiceTag) as string ?? service,
            span.StartTimeUtc,
            Math.Round(span.Duration.TotalMilliseconds, 3),
            span.Status.ToString(),
            span.TagObjects.ToDictionary(tag => tag.Key, tag => tag.Value),
            [.. span.Links.Select(
                link => new Link(link.Context.TraceId.ToHexString(), link.Context.SpanId.ToHexString()))]);
    }
}
