using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;

namespace TwinTrack.Platform.Web;

/// <summary>
/// Names the schemas of one document. A nested type is named after its feature: <c>CreateBatch.Request</c> becomes
/// <c>CreateBatchRequest</c>. Two types of one name would silently share one schema, so the document is refused.
/// </summary>
internal sealed class SchemaNames
{
    /// <summary>Of classes that hold the endpoints of one topic; the topic alone is the better name.</summary>
    private static readonly string[] TopicSuffixes = ["Endpoints", "Endpoint"];

    private readonly ConcurrentDictionary<string, Type> _named = new();

    public string? Of(JsonTypeInfo json)
    {
        var type = Nullable.GetUnderlyingType(json.Type) ?? json.Type;
        if (OpenApiOptions.CreateDefaultSchemaReferenceId(json) is null || type == typeof(JsonElement)
            || type.IsAssignableTo(typeof(JsonNode)))
        {
            return null;
        }

        var name = NameOf(type);
        var first = _named.GetOrAdd(name, type);
        return first == type
            ? name
            : throw new InvalidOperationException(
                $"{first} and {type} would share the schema {name}. Rename one of them.");
    }

    private static string NameOf(Type type)
    {
        var own = type.IsGenericType
            ? type.Name.Split('`')[0] + "Of" + string.Concat(type.GetGenericArguments().Select(NameOf))
            : type.Name;
        return type.DeclaringType is { } feature ? FeatureName(feature) + own : own;
    }

    private static string FeatureName(Type feature)
    {
        var name = NameOf(feature);
        var trimmed = Array.Find(TopicSuffixes, suffix => name.EndsWith(suffix, StringComparison.Ordinal)) ?? "";
        return name[..^trimmed.Length];
    }
}
