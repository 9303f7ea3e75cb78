using System.Text.Json;

namespace TwinTrack.Providers.MobileMoney;

/// <summary>Reads JSON (RFC 8259) whose names and texts are all readable. Other bodies are refused.</summary>
internal static class StrictJson
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    /// <summary>
    /// Null when it is not JSON, is too deep, repeats a name, or has invalid bytes or escapes. Invalid text is found
    /// only on reading it, so every text is read here.
    /// </summary>
    public static JsonElement? Parse(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body, Options);
            ReadAll(json.RootElement);
            return json.RootElement.Clone();
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static void ReadAll(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    _ = property.Name;
                    ReadAll(property.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    ReadAll(item);
                }

                break;
            case JsonValueKind.String:
                _ = element.GetString();
                break;
        }
    }
}
