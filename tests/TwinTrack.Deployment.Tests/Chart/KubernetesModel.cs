using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TwinTrack.Deployment.Tests.Tools;

namespace TwinTrack.Deployment.Tests.Chart;

/// <summary>
/// Kubernetes' own description of its objects, as the client for JavaScript carries it: which fields there are, and of
/// which type. A field that is not there is dropped by a cluster, or refused; helm does not know.
/// </summary>
/// <param name="models">The folder with a file a type.</param>
internal sealed partial class KubernetesModel(string models)
{
    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> _types = [];

    internal static async Task<KubernetesModel> GetAsync() =>
        new(Path.Combine(await NpmPackage.FilesAsync("@kubernetes/client-node", "2.0.1"), "package", "dist", "gen",
            "models"));

    /// <summary>Whether it is an object of Kubernetes itself, and not of an extension.</summary>
    internal bool Knows(JsonObject one) => File.Exists(FileOf(TypeOf(one)));

    internal IEnumerable<string> Breaches(JsonObject one) => Breaches(one, TypeOf(one), one.Title);

    private IEnumerable<string> Breaches(JsonNode? value, string type, string at)
    {
        if (ListOf().Match(type) is { Success: true } list)
        {
            return value is JsonArray items ? items.SelectMany(
                (item, index) => Breaches(item, list.Groups[1].Value, Invariant($"{at}.{index}")))
                : [$"{at} must be a list"];
        }

        if (MapOf().Match(type) is { Success: true } mapping)
        {
            return value is JsonObject pairs ? pairs.SelectMany(
                pair => Breaches(pair.Value, mapping.Groups[1].Value, $"{at}.{pair.Key}"))
                : [$"{at} must be a mapping"];
        }

        return type switch
        {
            "string" or "Date" => Is<string>(value, type, at),
            "number" => Is<long>(value, type, at),
            "boolean" => Is<bool>(value, type, at),
            "IntOrString" => value is JsonValue ? [] : [$"{at} must be a number or a string"],
            "any" => [],
            _ => value is JsonObject fields ? Fields(fields, type, at) : [$"{at} must be a {type}"],
        };
    }

    private IEnumerable<string> Fields(JsonObject fields, string type, string at)
    {
        var known = Read(type);
        return fields.SelectMany(
            field => known.TryGetValue(field.Key, out var inner)
                ? Breaches(field.Value, inner, $"{at}.{field.Key}") : [$"{at} has no field {field.Key}"]);
    }

    private static IEnumerable<string> Is<T>(JsonNode? value, string type, string at) =>
        value is JsonValue plain && plain.TryGetValue(out T? _) ? [] : [$"{at} must be a {type}"];

    private IReadOnlyDictionary<string, string> Read(string type)
    {
        if (!_types.TryGetValue(type, out var fields))
        {
            var text = AttributeTypeMap().Match(File.ReadAllText(FileOf(type))).Groups[1].Value;
            _types[type] = fields = JsonNode.Parse(text)!.AsArray()
                .ToDictionary(field => (string)field!["baseName"]!, field => (string)field!["type"]!);
        }

        return fields;
    }

    private string FileOf(string type) => Path.Combine(models, type + ".js");

    /// <summary>E.g. apps/v1 Deployment is V1Deployment.</summary>
    private static string TypeOf(JsonObject one)
    {
        var api = ((string)one["apiVersion"]!).Split('/');
        var ours = api.Length == 1 || api[0].EndsWith(".k8s.io", StringComparison.Ordinal)
            || !api[0].Contains('.', StringComparison.Ordinal);
        return ours ? api[^1].ToUpperInvariant() + one.Kind : "of an extension";
    }

    [GeneratedRegex(@"attributeTypeMap = (\[.*?\n\]);", RegexOptions.Singleline)]
    private static partial Regex AttributeTypeMap();

    [GeneratedRegex("^Array<(.*)>$")]
    private static partial Regex ListOf();

    [GeneratedRegex(@"^\{ \[key: string\]: (.*); \}$")]
    private static partial Regex MapOf();
}
