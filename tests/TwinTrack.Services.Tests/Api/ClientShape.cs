using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TwinTrack.Services.Tests.Api;

/// <summary>
/// Compares a type of the clients with the schema that it stands for; one sentence for each difference.
/// </summary>
internal sealed class ClientShape(ApiOperation operation)
{
    private static readonly NullabilityInfoContext Nullability = new();

    private readonly HashSet<(Type, string)> _seen = [];

    /// <param name="type">Of the client.</param>
    /// <param name="schema">Of the document.</param>
    /// <param name="answered">Whether a host sends it: then no member may be missing.</param>
    public IEnumerable<string> Differences(Type type, JsonNode schema, bool answered)
    {
        var node = operation.Resolved(Choice(schema));
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        if (node["properties"] is JsonObject properties)
        {
            return _seen.Add((bare, node.GetPath())) ? Members(bare, properties, Required(node), answered) : [];
        }

        return Kind(node) switch
        {
            "array" =>
                Differences(bare.GetGenericArguments().SingleOrDefault() ?? typeof(void), node["items"]!, answered),
            "object" => bare.IsGenericType && bare.GetGenericArguments() is [_, var value]
                ? Differences(value, node["additionalProperties"]!, answered) : [$"{bare} is no map."],
            var kind => Expected(kind, (string?)node["format"]) == bare
                ? [] : [$"{bare.Name} stands for {node.ToJsonString()}."],
        };
    }

    private IEnumerable<string> Members(Type type, JsonObject properties, HashSet<string> required, bool answered)
    {
        var members = type.GetProperties().ToDictionary(member => JsonNamingPolicy.CamelCase.ConvertName(member.Name));
        foreach (var name in members.Keys.Except(properties.Select(property => property.Key)))
        {
            yield return $"{type.Name}.{name} is not in the document.";
        }

        foreach (var (name, schema) in properties)
        {
            if (!members.TryGetValue(name, out var member))
            {
                yield return $"{type.Name} has no {name}.";
                continue;
            }

            var nullable = IsNullable(schema!);
            var demanded = member.GetCustomAttribute<RequiredMemberAttribute>() is not null;
            if (required.Contains(name) && (answered || !nullable) && !demanded)
            {
                yield return $"{type.Name}.{name} may be missing, and the document demands it.";
            }

            if (nullable && Nullability.Create(member).WriteState == NullabilityState.NotNull
                && member.PropertyType != typeof(JsonElement))
            {
                yield return $"{type.Name}.{name} cannot be null, and the document allows it.";
            }

            foreach (var difference in Differences(member.PropertyType, schema!, answered))
            {
                yield return $"{type.Name}.{name}: {difference}";
            }
        }
    }

    private static Type Expected(string? kind, string? format) => (kind, format) switch
    {
        ("string", "date-time") => typeof(DateTimeOffset),
        ("string", "date") => typeof(DateOnly),
        ("string", "uuid") => typeof(Guid),
        ("string", "binary") => typeof(Stream),
        ("string", _) => typeof(string),
        ("integer", "int64") => typeof(long),
        ("integer", _) => typeof(int),
        ("number", _) => typeof(decimal),
        ("boolean", _) => typeof(bool),
        _ => typeof(JsonElement),
    };

    private static HashSet<string> Required(JsonNode schema) =>
        [.. (schema["required"] as JsonArray ?? []).Select(name => (string)name!)];

    private static bool IsNullable(JsonNode schema) =>
        schema["oneOf"] is JsonArray choices ? choices.Any(choice => (string?)choice!["type"] == "null")
        : schema["type"] is JsonArray kinds && kinds.Any(kind => (string?)kind == "null");

    private static JsonNode Choice(JsonNode schema) =>
        schema["oneOf"] is JsonArray choices ? choices.Single(choice => choice!["$ref"] is not null)! : schema;

    private static string? Kind(JsonNode schema) => schema["type"] is JsonArray kinds
        ? kinds.Select(kind => (string)kind!).Single(kind => kind != "null")
        : (string?)schema["type"];
}
