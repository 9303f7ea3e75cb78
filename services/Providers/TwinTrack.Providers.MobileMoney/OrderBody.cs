using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.MobileMoney;

internal sealed record KeyValue(string Key, string Value);

/// <summary>
/// requestBatchTransaction. The payee's name is not sent, because the operator needs only the number.
/// </summary>
internal sealed record BatchBody(string BatchTitle, string RequestDate, IReadOnlyList<TransactionBody> Transactions);

/// <summary>requestTransaction in a batch; requestTransactionType, without its type, alone.</summary>
internal sealed record TransactionBody(
    string? Type,
    string Amount,
    string Currency,
    IReadOnlyList<KeyValue> CreditParty,
    IReadOnlyList<KeyValue> DebitParty,
    string RequestingOrganisationTransactionReference,
    string RequestDate,
    IReadOnlyList<KeyValue> Metadata);

/// <summary>
/// Our orders as bodies. The same order always gives the same bytes, because nothing here reads a clock.
/// </summary>
internal static class OrderBody
{
    private static readonly JsonSerializerOptions Options = new(
        JsonSerializerDefaults.Web)
    { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static byte[] Batch(MobileMoneySettings settings, Currency currency, Unit unit,
        IEnumerable<PaymentOrder> orders) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new BatchBody(unit.Reference, Instant(unit.CreatedAt),
                [.. orders.Select(order => Of(settings, currency, unit, order, "disbursement"))]),
            Options);

    public static byte[] Single(MobileMoneySettings settings, Currency currency, Unit unit, PaymentOrder order) =>
        JsonSerializer.SerializeToUtf8Bytes(Of(settings, currency, unit, order, type: null), Options);

    /// <summary>genericPatch: the batch may be paid.</summary>
    public static byte[] Approval() => JsonSerializer.SerializeToUtf8Bytes(
        new[] { new { op = "replace", path = "/batchStatus", value = "approved" } }, Options);

    /// <summary>
    /// requestReversal, of the whole amount. It has no reference of ours, because that names the payment.
    /// </summary>
    public static byte[] Reversal(Unit unit) =>
        JsonSerializer.SerializeToUtf8Bytes(new { type = "reversal", requestDate = Instant(unit.CreatedAt) }, Options);

    /// <summary>An anonymous body as JSON, for one request.</summary>
    public static HttpContent Json(object body) =>
        Content(JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), JsonSerializerOptions.Web));

    /// <summary>The body of one request. Each request needs its own, since it is disposed with the request.</summary>
    public static HttpContent Content(byte[] body) =>
        new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    /// <summary>
    /// yyyy-MM-ddTHH:mm:ss.fffZ: RFC 3339, as the specification's date-time says (its prose has RFC 7231).
    /// </summary>
    public static string Instant(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Without trailing zeros, because the disbursement specification's pattern forbids them.</summary>
    internal static string Amount(Currency currency, long minor)
    {
        var text = currency.Format(minor);
        return text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;
    }

    private static TransactionBody Of(MobileMoneySettings settings, Currency currency, Unit unit, PaymentOrder order,
        string? type) => new(
        type,
        Amount(currency, order.AmountMinor),
        currency.Code,
        [new KeyValue("msisdn", order.Payee.Account!)],
        [new KeyValue("organisationid", settings.OrganisationId)],
        order.Reference,
        Instant(unit.CreatedAt),
        [new KeyValue("endToEnd", order.EndToEnd)]);
}
