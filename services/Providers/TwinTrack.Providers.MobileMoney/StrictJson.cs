using System.Text.Json;

namespace TwinTrack.Providers.MobileMoney;

/// <summary>Reads JSON (RFC 8259) of which every name and text can be read; other bodies say nothing.</summary>
internal static class StrictJson
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    /// <summary>
    /// Null for what is no JSON, too deep, says a name twice, or holds bytes or escapes that are no text: those are
    /// only found on reading them.
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
