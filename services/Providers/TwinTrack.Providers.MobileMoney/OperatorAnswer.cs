using System.Globalization;
using System.Text.Json;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.MobileMoney;

/// <summary>One HTTP answer, or the lack of one.</summary>
/// <param name="Status">0 when there was no answer.</param>
/// <param name="Body">Undefined when there was no readable body.</param>
/// <param name="Fault">
/// Why the result is unknown: TIMEOUT, UNREACHABLE, TOO_LARGE, UNREADABLE, EMPTY, or a refusal on our side. Empty when
/// the body could be read.
/// </param>
/// <param name="Available">X-Records-Available-Count.</param>
internal sealed record OperatorAnswer(int Status, JsonElement Body, string Fault, int? Available)
{
    public const string Empty = "EMPTY";

    public static OperatorAnswer Nothing(string fault, int status = 0) => new(status, default, fault, null);

    /// <summary>
    /// Whether the answer came whole: a readable body, or none. A broken or oversized body is silence.
    /// </summary>
    public bool IsReadable => Fault is "" or Empty;

    public bool IsGood => Fault.Length == 0 && Status is >= 200 and < 300;

    /// <summary>May be different in a moment.</summary>
    public bool IsPassing => Fault is "TIMEOUT" or "UNREACHABLE" || Status is 429 or >= 500;

    /// <summary>The verdict for an unexpected answer: unknown, with the reason.</summary>
    public Verdict Unknown =>
        Verdict.Unknown(Fault.Length > 0 ? Fault : this["errorCode"] ?? Invariant($"HTTP_{Status}"));

    public string? this[params string[] names] => Body.TextAt(names);
}

internal static class TolerantJson
{
    /// <summary>
    /// The text of the property of this name, ignoring case, because the specification's schemas and prose differ in
    /// case. Null when it is missing, not a text, or present twice in different case.
    /// </summary>
    public static string? TextAt(this JsonElement body, params string[] names) =>
        body.At(names) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>A number, even if it is written as text.</summary>
    public static double? NumberAt(this JsonElement body, params string[] names) => body.At(names) switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetDouble(out var value) => value,
        { ValueKind: JsonValueKind.String } text
            when double.TryParse(text.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) =>
            value,
        _ => null,
    };

    /// <summary>A code that is written as text or as a whole number, because some operators use both.</summary>
    public static string? CodeAt(this JsonElement body, params string[] names) => body.At(names) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    /// <summary>The object below this path of names; undefined when there is none.</summary>
    public static JsonElement Below(this JsonElement body, params string[] path)
    {
        foreach (var name in path)
        {
            if (body.At(name) is not { } next)
            {
                return default;
            }

            body = next;
        }

        return body;
    }

    public static JsonElement? At(this JsonElement body, params string[] names)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        JsonElement? found = null;
        foreach (var property in body.EnumerateObject())
        {
            if (names.Contains(property.Name, StringComparer.OrdinalIgnoreCase))
            {
                if (found is not null)
                {
                    return null;
                }

                found = property.Value;
            }
        }

        return found;
    }
}
