using System.Globalization;
using System.Text.Json;
using TwinTrack.Kernel;

namespace TwinTrack.Simulators.MobileMoney.Operators;

/// <summary>Reads bodies of operators, each in its own words.</summary>
internal static class Wire
{
    public static string? Text(JsonElement body, params string[] path)
    {
        foreach (var name in path)
        {
            if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty(name, out body))
            {
                return null;
            }
        }

        return body.ValueKind switch
        {
            JsonValueKind.String => body.GetString(),
            JsonValueKind.Number => body.GetRawText(),
            _ => null,
        };
    }

    /// <summary>An order, or null when a required part is missing or the amount does not fit its currency.</summary>
    public static Disbursement? Order(string? reference, string? endToEnd, string? msisdn, string? amount,
        string? currency) =>
        reference is { Length: > 0 } && msisdn is { Length: >= 6 } && amount is not null
        && Currency.Of(currency).Then(known => known.Parse(amount)).Allows(out var minor, out _) && minor > 0
            ? new Disbursement(reference, endToEnd ?? "", msisdn, minor, amount, currency!, null, null)
            : null;

    public static string Instant(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
