using System.Text.Json.Nodes;

namespace TwinTrack.Proving.Documents.Clients;

/// <summary>How the schemas of one OpenAPI document read in C#.</summary>
/// <param name="schemas">The document's schemas by name.</param>
/// <param name="answered">Names of the schemas that an answer holds; their members may not be missing.</param>
internal sealed class ClientTypes(JsonObject schemas, IReadOnlySet<string> answered)
{
    /// <summary>The C# type of a schema, nullable where null is allowed.</summary>
    public string Of(JsonNode? schema)
    {
        var node = Resolve(schema, out var nullable);
        return BareOf(node) + (nullable ? "?" : "");
    }

    /// <summary>Whether a schema of this name becomes a record; words and ids are strings.</summary>
    public bool IsRecord(string name) => schemas[name]!["properties"] is JsonObject;

    /// <summary>A record with one member for each property.</summary>
    public IEnumerable<string> Record(string name)
    {
        var schema = schemas[name]!.AsObject();
        var required = (schema["required"] as JsonArray ?? []).Select(member => (string)member!).ToHashSet();
        yield return $"public sealed record {name}";
        yield return "{";
        foreach (var (property, value) in schema["properties"]!.AsObject())
        {
            yield return "    " + Member(name, property, value!, required.Contains(property));
        }

        yield return "}";
    }

    /// <summary>Every schema that this one refers to, itself included.</summary>
    public IEnumerable<string> Reach(JsonNode? schema)
    {
        var seen = new HashSet<string>();
        var open = new Stack<string>(References(schema));
        while (open.TryPop(out var name))
        {
            if (seen.Add(name))
            {
                foreach (var next in References(schemas[name]))
                {
                    open.Push(next);
                }
            }
        }

        return seen;
    }

    /// <summary>In an answer a missing member is a fault. In a request, what may be null may be left out.</summary>
    private string Member(string record, string property, JsonNode schema, bool required)
    {
        var type = Of(schema);
        var demanded = required && (answered.Contains(record) || !type.EndsWith('?'));
        if (!required && type is "string" or "JsonElement" or "Stream")
        {
            type += "?";
        }

        var preset = demanded ? "" : Preset(schema["default"], type);
        return $"public {(demanded ? "required " : "")}{type} {Pascal(property)} {{ get; init; }}{preset}";
    }

    /// <summary>What a member is when it is left out.</summary>
    private static string Preset(JsonNode? value, string type) => value?.ToJsonString() switch
    {
        null when type.StartsWith("IReadOnlyList<", StringComparison.Ordinal) && !type.EndsWith('?') => " = [];",
        null when type.StartsWith("IReadOnlyDictionary<", StringComparison.Ordinal) && !type.EndsWith('?') =>
            $" = new {type[9..]}();",
        null or "0" or "false" or "null" => "",
        var text => $" = {text};",
    };

    private string BareOf(JsonNode? schema)
    {
        if ((string?)schema?["$ref"] is { } reference)
        {
            var name = reference.Split('/')[^1];
            return IsRecord(name) ? name : BareOf(schemas[name]);
        }

        var kind = schema?["type"] is JsonArray kinds
            ? (string?)kinds.Single(one => (string?)one != "null") : (string?)schema?["type"];
        return (kind, (string?)schema?["format"]) switch
        {
            ("string", "date-time") => "DateTimeOffset",
            ("string", "date") => "DateOnly",
            ("string", "time") => "TimeOnly",
            ("string", "uuid") => "Guid",
            ("string", "binary") => "Stream",
            ("string", _) => "string",
            ("integer", "int64") => "long",
            ("integer", _) => "int",
            ("number", _) => "decimal",
            ("boolean", _) => "bool",
            ("array", _) => $"IReadOnlyList<{Of(schema!["items"])}>",
            ("object", _) when schema!["additionalProperties"] is JsonObject values =>
                $"IReadOnlyDictionary<string, {Of(values)}>",
            (null, _) when schema is JsonObject { Count: 0 } => "JsonElement",
            _ => throw new NotSupportedException($"No C# type is known for {schema?.ToJsonString()}."),
        };
    }

    private static JsonNode? Resolve(JsonNode? schema, out bool nullable)
    {
        if (schema?["oneOf"] is JsonArray choices)
        {
            nullable = choices.Any(choice => (string?)choice!["type"] == "null");
            return choices.Single(choice => choice!["$ref"] is not null);
        }

        nullable = schema?["type"] is JsonArray kinds && kinds.Any(kind => (string?)kind == "null");
        return schema;
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject found => found.SelectMany(member => member is { Key: "$ref", Value: JsonValue value }
            ? [((string)value!).Split('/')[^1]]
            : References(member.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };

    public static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}
