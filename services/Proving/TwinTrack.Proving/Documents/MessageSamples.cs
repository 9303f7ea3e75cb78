using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using TwinTrack.Contracts;

namespace TwinTrack.Proving.Documents;

/// <summary>
/// tests/Messages: the shape of each released message and samples of it. A file is written once and never changed, so
/// a change of the type shows as a difference.
/// </summary>
internal static class MessageSamples
{
    public const string Folder = "tests/Messages";

    /// <summary>Writes a file for each message that has none, and says which.</summary>
    public static async Task<List<string>> WriteMissingAsync(string sources, CancellationToken cancel)
    {
        var written = new List<string>();
        foreach (var message in Topology.Arrows.Select(arrow => arrow.Message))
        {
            var path = $"{Folder}/{ContractDocuments.Named(message)}.json";
            var file = Path.Combine(sources, path);
            if (!File.Exists(file))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                await File.WriteAllTextAsync(file, ContractDocuments.Text(Of(message)), new UTF8Encoding(false),
                    cancel);
                written.Add(path);
            }
        }

        return written;
    }

    /// <summary>
    /// Each member's path and type on the wire. A question mark says that it may be null; a star, that it repeats.
    /// </summary>
    public static JsonObject ShapeOf(JsonObject schema)
    {
        var shape = new JsonObject();
        Add("", schema);
        return shape;

        void Add(string path, JsonObject node)
        {
            var (kind, nullable) = KindOf(node);
            if (path.Length > 0)
            {
                shape[path] = ((string?)node["format"] ?? kind) + (nullable ? "?" : "");
            }

            foreach (var (name, member) in node["properties"] as JsonObject ?? [])
            {
                Add(path.Length == 0 ? name : $"{path}.{name}", (JsonObject)member!);
            }

            if (node["items"] is JsonObject item)
            {
                Add(path + "*", item);
            }
        }
    }

    private static JsonObject Of(Type message)
    {
        var schema = ContractDocuments.SchemaOf(message);
        var full = new SampleValues(Sparse: false).Of("", schema);
        var sparse = new SampleValues(Sparse: true).Of("", schema);
        return new JsonObject
        {
            ["shape"] = ShapeOf(schema),
            ["samples"] = JsonNode.DeepEquals(full, sparse) ? new JsonArray(full) : new JsonArray(full, sparse),
        };
    }

    private static (string Kind, bool Nullable) KindOf(JsonObject schema) => schema["type"] is JsonArray kinds
        ? ((string)kinds.First(kind => (string?)kind != "null")!, kinds.Any(kind => (string?)kind == "null"))
        : ((string)schema["type"]!, false);

    /// <param name="Sparse">Null where a member may be null, and lists without rows.</param>
    private sealed record SampleValues(bool Sparse)
    {
        /// <summary>Beyond 32 bits, so that a narrower member could not hold it.</summary>
        private const long Wide = 5_000_000_000;

        private int _count;

        public JsonNode? Of(string name, JsonObject schema)
        {
            var (kind, nullable) = KindOf(schema);
            var number = ++_count;
            return kind switch
            {
                _ when nullable && Sparse => null,
                _ when schema["enum"] is JsonArray words => words[number % Words(words)]!.DeepClone(),
                "object" => new JsonObject(((JsonObject)schema["properties"]!)
                    .Select(member => KeyValuePair.Create(member.Key, Of(member.Key, (JsonObject)member.Value!)))),
                "array" when Sparse => new JsonArray(),
                "array" => new JsonArray(
                    Of(name, (JsonObject)schema["items"]!), Of(name, (JsonObject)schema["items"]!)),
                "boolean" => !Sparse,
                "integer" => (string?)schema["format"] == "int64" ? Wide + number : number,
                _ => (string?)schema["format"] switch
                {
                    "date" => new DateOnly(2026, 3, 1).AddDays(number).ToString("O", CultureInfo.InvariantCulture),
                    "date-time" => string.Create(
                        CultureInfo.InvariantCulture, $"2026-03-01T08:30:{number % 60:00}.123456+00:00"),
                    _ => string.Create(CultureInfo.InvariantCulture, $"{name} {number}"),
                },
            };
        }

        private static int Words(JsonArray words) => words.Count(word => word is not null);
    }
}
