using System.Text.Json;

namespace TwinTrack.Cli.Remote;

/// <summary>
/// Reads answers by name. A missing field is null or zero. So an older command line still works with a newer host that
/// has other fields.
/// </summary>
internal static class JsonReading
{
    extension(JsonElement element)
    {
        public JsonElement? At(string name) =>
            element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
                && value.ValueKind != JsonValueKind.Null
                ? value
                : null;

        public string? Text(string name) => element.At(name) switch
        {
            { ValueKind: JsonValueKind.String } text => text.GetString(),
            { } other => other.GetRawText(),
            null => null,
        };

        public string Require(string name) =>
            element.Text(name)
                ?? throw new InvalidOperationException($"The answer has no '{name}': {element.GetRawText()}");

        public long Number(string name) => element.At(name) is { ValueKind: JsonValueKind.Number } number
            ? number.GetInt64() : 0;

        public bool Flag(string name) => element.At(name) is { ValueKind: JsonValueKind.True };

        public IEnumerable<JsonElement> List(string name) =>
            element.At(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];
    }
}
