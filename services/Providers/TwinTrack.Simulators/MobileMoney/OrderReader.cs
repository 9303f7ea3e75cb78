using System.Text.Json;
using System.Text.RegularExpressions;
using TwinTrack.Kernel;

namespace TwinTrack.Simulators.MobileMoney;

/// <summary>
/// Reads request bodies by the specification's schemas. A fault of the whole refuses the request. A fault of one order
/// rejects that order.
/// </summary>
internal static partial class OrderReader
{
    /// <summary>The specification allows 999,999. This operator's contract allows fewer.</summary>
    private const int TransactionsMax = 10_000;

    /// <summary>The orders, or the error code that refuses the request.</summary>
    public static (IReadOnlyList<Disbursement> Orders, string? Refusal) Batch(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("transactions", out var rows)
            || rows.ValueKind != JsonValueKind.Array)
        {
            return ([], "mandatoryValueNotSupplied");
        }

        return rows.GetArrayLength() is 0 or > TransactionsMax
            ? ([], "lengthError")
            : ([.. rows.EnumerateArray().Select(
                row => Read(row, Text(row, "type") == "disbursement" && Property(row, "debitParty") is not null))],
                null);
    }

    public static (IReadOnlyList<Disbursement> Orders, string? Refusal) Single(JsonElement body)
    {
        var order = Read(body, complete: true);
        return order.Refusal is null ? ([order], null) : ([], order.Refusal);
    }

    private static Disbursement Read(JsonElement row, bool complete)
    {
        var (amount, currency, reference) = (Text(row, "amount"), Text(row, "currency"),
            Text(row, "requestingOrganisationTransactionReference"));
        var msisdn = Value(row, "creditParty", "msisdn");
        var minor = Currency.Of(currency).Then(known => known.Parse(amount)).Match(parsed => parsed, _ => 0);
        var refusal = !complete || reference is not { Length: > 0 and <= 256 } || amount is null || currency is null
            || msisdn is null ? "mandatoryValueNotSupplied"
            : !Amount().IsMatch(amount) || !Msisdn().IsMatch(msisdn) ? "formatError"
            : !Currency.Of(currency).Allows(out _, out _) ? "currencyNotSupported"
            : minor == 0 ? "lessThanTransactionMinValue"
            : null;
        return new Disbursement(
            reference ?? "", Value(row, "metadata", "endToEnd") ?? "", msisdn ?? "", minor, amount ?? "",
            currency ?? "", Property(row, "debitParty"), refusal);
    }

    private static string? Value(JsonElement row, string list, string key) =>
        Property(row, list) is { ValueKind: JsonValueKind.Array } pairs
            ? pairs.EnumerateArray().Where(pair => Text(pair, "key") == key).Select(pair => Text(pair, "value"))
                .FirstOrDefault()
            : null;

    private static JsonElement? Property(JsonElement row, string name) =>
        row.ValueKind == JsonValueKind.Object && row.TryGetProperty(name, out var value) ? value : null;

    private static string? Text(JsonElement row, string name) =>
        Property(row, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>components.schemas.amount of the disbursements specification 1.2.0.</summary>
    [GeneratedRegex(@"^([0]|([1-9][0-9]{0,17}))([.][0-9]{0,3}[1-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Amount();

    [GeneratedRegex(@"^\+?[0-9]{6,15}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Msisdn();
}
