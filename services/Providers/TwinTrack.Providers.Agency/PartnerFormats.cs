using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using TwinTrack.Kernel;

namespace TwinTrack.Providers.Agency;

/// <summary>Definitions: those that are shipped, by name, and a partner's own, as JSON text.</summary>
internal static class PartnerFormats
{
    internal const string Standard = "twintrack";

    /// <summary>Most parsed definitions in the cache.</summary>
    private const int KeptMax = 200;

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        MaxDepth = 8,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    private static readonly Lazy<IReadOnlyDictionary<string, PartnerFormat>> ShippedFormats = new(LoadShipped);

    private static readonly ConcurrentDictionary<(string Text, string Currency), Result<PartnerFormat>> Kept = new();

    internal static IEnumerable<string> Shipped => ShippedFormats.Value.Keys;

    /// <param name="text">A shipped definition's name, or a definition; null: the standard one.</param>
    internal static Result<PartnerFormat> Of(string? text, Currency currency)
    {
        if (Kept.Count > KeptMax)
        {
            Kept.Clear();
        }

        return Kept.GetOrAdd((text ?? Standard, currency.Code), key => Read(key.Text, currency));
    }

    private static Result<PartnerFormat> Read(string text, Currency currency)
    {
        if (!text.TrimStart().StartsWith('{'))
        {
            return ShippedFormats.Value.TryGetValue(text, out var shipped)
                ? shipped
                : AgencyRefusals.Format("format",
                    $"is neither a definition nor one of {string.Join(", ", ShippedFormats.Value.Keys)}");
        }

        try
        {
            var format =
                Whole(JsonSerializer.Deserialize<PartnerFormat>(text, Strict)!, ShippedFormats.Value[Standard]);
            return FormatCheck.Fault(format, currency) is { } fault
                ? AgencyRefusals.Format($"format.{fault.Field}", fault.Why) : format;
        }
        catch (JsonException broken)
        {
            return AgencyRefusals.Format($"format{broken.Path?.TrimStart('$')}",
                "is missing, not known, there twice, or of another kind");
        }
    }

    private static PartnerFormat Whole(PartnerFormat format, PartnerFormat standard) => format with
    {
        List = format.List ?? standard.List,
        Stop = format.Stop ?? standard.Stop,
        Acknowledgement = format.Acknowledgement ?? standard.Acknowledgement,
        Returns = format.Returns ?? standard.Returns,
        StopAnswer = format.StopAnswer ?? standard.StopAnswer,
    };

    private static Dictionary<string, PartnerFormat> LoadShipped()
    {
        var assembly = typeof(PartnerFormats).Assembly;
        var formats = assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".json", StringComparison.Ordinal)).Select(name =>
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            return JsonSerializer.Deserialize<PartnerFormat>(stream, Strict)!;
        }).ToDictionary(format => format.Name);
        return formats.ToDictionary(format => format.Key, format => Whole(format.Value, formats[Standard]));
    }
}
