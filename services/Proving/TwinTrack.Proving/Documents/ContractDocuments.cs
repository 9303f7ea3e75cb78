using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using TwinTrack.Contracts;
using TwinTrack.Platform.Messaging;

namespace TwinTrack.Proving.Documents;

/// <summary>
/// docs/contracts: each message as JSON Schema, made from its type by the options with which the bus reads it.
/// </summary>
internal static class ContractDocuments
{
    public const string Folder = "docs/contracts";

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonSchemaExporterOptions Exporter = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = Describe,
    };

    public static IEnumerable<(string Path, string Text)> Make() => Topology.Arrows.Select(
        arrow => ($"{Folder}/{Named(arrow.Message)}.json", Text(Of(arrow.Message, arrow.From, arrow.To))));

    /// <summary>TwinTrack.Contracts.Payments.V1.RouteInstructions as <c>Payments.V1.RouteInstructions</c>.</summary>
    public static string Named(Type message) =>
        message.FullName!.Replace("TwinTrack.Contracts.", "", StringComparison.Ordinal);

    /// <summary>The form alone, without who sends it.</summary>
    public static JsonObject SchemaOf(Type message) =>
        (JsonObject)MessageJson.Options.GetJsonSchemaAsNode(message, Exporter);

    public static string Text(JsonNode document) => document.ToJsonString(Indented) + "\n";

    private static JsonObject Of(Type message, string from, string[] to)
    {
        var document = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = Named(message),
            ["description"] = $"Sent by {from} to {string.Join(", ", to)}. Made from the type by ./twintrack docs.",
        };
        foreach (var (name, value) in SchemaOf(message))
        {
            document[name] = value?.DeepClone();
        }

        return document;
    }

    /// <summary>Adds the width of a number and the words of a member, which the type alone does not say.</summary>
    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode node)
    {
        if (node is not JsonObject schema)
        {
            return node;
        }

        // Every member must be there, so a default of the constructor says nothing about the wire.
        schema.Remove("default");
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        if (type == typeof(long) || type == typeof(int))
        {
            schema["format"] = type == typeof(long) ? "int64" : "int32";
        }

        if (context.PropertyInfo is { } property && WordsOf(property) is { } words)
        {
            var target = schema["items"] as JsonObject ?? schema;
            target["enum"] = Enumeration(words, schema);
            target["x-words"] = $"services/Contracts/TwinTrack.Contracts/Words/{words.Words.Name}.cs";
        }

        return schema;
    }

    private static JsonArray Enumeration(WordOfAttribute words, JsonObject schema)
    {
        var all = new JsonArray([.. words.Allowed.Select(word => JsonValue.Create(word))]);
        if (schema["type"] is JsonArray types && types.Any(type => (string?)type == "null"))
        {
            all.Add(null);
        }

        return all;
    }

    private static WordOfAttribute? WordsOf(JsonPropertyInfo property) =>
        property.AttributeProvider is PropertyInfo member
            ? member.DeclaringType!.GetConstructors().SelectMany(maker => maker.GetParameters())
                .FirstOrDefault(parameter => parameter.Name == member.Name)?.GetCustomAttribute<WordOfAttribute>()
            : null;
}
