using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.Serialization;

namespace TwinTrack.Providers.Tests.MobileMoney;

/// <summary>
/// Holds JSON against a schema of the GSMA specification's own file: types, required, enum, pattern, lengths, items;
/// references followed.
/// </summary>
internal sealed class OpenApi
{
    private readonly Dictionary<object, object> _root;

    private OpenApi(Dictionary<object, object> root) => _root = root;

    /// <summary>Null when the shared conformance folder is not here.</summary>
    public static OpenApi? Open(string file)
    {
        var roots = new[] { Environment.GetEnvironmentVariable("TWINTRACK_CONFORMANCE") }
            .Concat(Above(AppContext.BaseDirectory).Select(folder => Path.Combine(folder, "shared", "conformance")));
        var path = roots.OfType<string>().Select(folder => Path.Combine(folder, "gsma", file))
            .FirstOrDefault(File.Exists);
        return path is null ? null : new OpenApi(
            new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(File.ReadAllText(path)));
    }

    /// <param name="pointer">Such as components/schemas/requestBatchTransaction.</param>
    public IEnumerable<string> Faults(JsonElement value, string pointer) => Check(value, At(pointer), "$");

    private IEnumerable<string> Check(JsonElement value, Dictionary<object, object> schema, string where)
    {
        if (schema.GetValueOrDefault("$ref") is string reference)
        {
            return Check(value, At(reference[2..]), where);
        }

        var faults = new List<string>();
        foreach (var part in List(schema, "allOf").Cast<Dictionary<object, object>>())
        {
            faults.AddRange(Check(value, part, where));
        }

        var type = schema.GetValueOrDefault("type") as string;
        var kind = type switch
        {
            "object" => JsonValueKind.Object,
            "array" => JsonValueKind.Array,
            "string" =>
            JsonValueKind.String,
            _ => value.ValueKind
        };
        if (value.ValueKind != kind)
        {
            return [.. faults, $"{where} is no {type}"];
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                faults.AddRange(
                    List(schema, "required").Where(name => !value.TryGetProperty((string)name, out _))
                        .Select(name => $"{where} has no {name}"));
                foreach (var (name, property) in schema.GetValueOrDefault("properties") as Dictionary<object, object>
                    ?? [])
                {
                    if (value.TryGetProperty((string)name, out var inner))
                    {
                        faults.AddRange(Check(inner, (Dictionary<object, object>)property, $"{where}.{name}"));
                    }
                }

                break;
            case JsonValueKind.Array:
                Bounds(value.GetArrayLength(), "minItems", "maxItems");
                faults.AddRange(
                    value.EnumerateArray().SelectMany(
                        (item, at) =>
                            Check(item, (Dictionary<object, object>)schema["items"], Invariant($"{where}[{at}]"))));
                break;
            case JsonValueKind.String:
                var text = value.GetString()!;
                Bounds(text.Length, "minLength", "maxLength");
                if (schema.GetValueOrDefault("pattern") is string pattern && !Regex.IsMatch(text, pattern))
                {
                    faults.Add($"{where} '{text}' is not of the pattern {pattern}");
                }

                if (List(schema, "enum").ToList() is { Count: > 0 } allowed && !allowed.Contains(text))
                {
                    faults.Add($"{where} '{text}' is none of the listed");
                }

                break;
        }

        return faults;

        void Bounds(int length, string min, string max)
        {
            if (Number(schema, min) is { } low && length < low)
            {
                faults.Add(Invariant($"{where} is shorter than {low}"));
            }

            if (Number(schema, max) is { } high && length > high)
            {
                faults.Add(Invariant($"{where} is longer than {high}"));
            }
        }
    }

    private Dictionary<object, object> At(string pointer) =>
        pointer.Split('/').Aggregate(
            _root, (node, name) => (Dictionary<object, object>)node[name.Replace("~1", "/", StringComparison.Ordinal)]);

    private static IEnumerable<object> List(Dictionary<object, object> schema, string name) =>
        schema.GetValueOrDefault(name) as List<object> ?? [];

    private static int? Number(Dictionary<object, object> schema, string name) =>
        schema.GetValueOrDefault(name) is string text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    private static IEnumerable<string> Above(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            yield return at.FullName;
        }
    }
}
