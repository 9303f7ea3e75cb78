using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace TwinTrack.Platform.Security;

/// <summary>
/// Masks a message's body for an operator. It shows numbers, booleans, dates, ids with their prefix, and short words
/// such as codes. All other text is hidden, also in unknown fields. Examples are sealed values, fingerprints, accounts,
/// phone numbers, names and free text.
/// </summary>
internal static partial class Masking
{
    private const int RowsMax = 20;

    public static JsonNode? Mask(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Mask(document.RootElement);
    }

    private static JsonNode? Mask(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => new JsonObject(
            value.EnumerateObject().Select(field => KeyValuePair.Create(field.Name, Mask(field.Value)))),
        JsonValueKind.Array => MaskRows(value),
        JsonValueKind.String => MaskText(value.GetString()!),
        JsonValueKind.Null => null,
        _ => JsonNode.Parse(value.GetRawText()),
    };

    private static JsonArray MaskRows(JsonElement rows)
    {
        var shown = new JsonArray([.. rows.EnumerateArray().Take(RowsMax).Select(Mask)]);
        if (rows.GetArrayLength() is > RowsMax and var all)
        {
            shown.Add(Invariant($"and {all - RowsMax} more"));
        }

        return shown;
    }

    private static string MaskText(string text) =>
        Harmless().IsMatch(text) && !Account().IsMatch(text) ? text : $"hidden ({text.Length})";

    /// <summary>
    /// An id such as ins_0198..., a day or an instant, or a word of a code: t1-momo, NE003, EXPIRED_ABSENT.
    /// </summary>
    [GeneratedRegex("^([a-z]{2,4}_[0-9a-f]{32}|[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]+(Z|[+-][0-9:]+))?|"
        + "[A-Za-z][A-Za-z0-9_.-]{0,23})$")]
    private static partial Regex Harmless();

    /// <summary>Begins as an IBAN does and is as long as the shortest one (ISO 13616: 15 for Norway).</summary>
    [GeneratedRegex("^[A-Z]{2}[0-9]{2}[A-Za-z0-9]{11,}$")]
    private static partial Regex Account();
}
