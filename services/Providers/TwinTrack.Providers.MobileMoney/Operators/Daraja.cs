using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.MobileMoney.Operators;

/// <summary>
/// M-Pesa Daraja B2C v3. Orders and questions are only acknowledged, and the results come as unsigned calls. So a
/// question carries a mark in <c>Occasion</c>, an HMAC over our reference that nobody else can make. M-Pesa returns it,
/// and only an answer with that mark counts. The result of the order itself is only a hint, because more people can see
/// its path.
/// </summary>
internal sealed class Daraja() : SingleOrderProfile(new ProfileSheet(
    "daraja", ["consumerKey", "consumerSecret", "initiator", "securityCredential", "shortCode", "callbackBase"],
    CallsPerSecond: 10, CallsAtOnce: 4, PhoneForm.Digits, WholeAmounts: true))
{
    /// <summary>Marks the path for answers to our questions. Such an answer needs no new question.</summary>
    public const string AnswerMark = "?of=ask";

    public override Abilities AbilitiesOf(Connection connection, OperatorAddress address) =>
        base.AbilitiesOf(connection, address) with { CalledBackAnswers = true };

    public override Task<OperatorAnswer> ProbeAsync(OperatorCall call, CancellationToken cancel) =>
        TokenAsync(call, cancel);

    public override Reading ReadCallback(Connection connection, byte[] body)
    {
        var result = StrictJson.Parse(body)?.Below("Result") ?? default;
        return MarkedReference(connection, result) is { } reference
            ? new Reading([], [new Answer(reference, Judge(result), Value(result, "ReceiptNo"))]) : Reading.Nothing;
    }

    protected override Task<HttpResponseMessage> FetchTokenAsync(OperatorCall call, CancellationToken cancel) =>
        Api(call).TokenAsync(Basic(call.Require("consumerKey"), call.Require("consumerSecret")), cancel);

    protected override async Task<Answer> PayAsync(
        OperatorCall call, Unit unit, PaymentOrder order, CancellationToken cancel)
    {
        var payment = new Dictionary<string, object>
        {
            ["OriginatorConversationID"] = order.Reference,
            ["InitiatorName"] = call.Require("initiator"),
            ["SecurityCredential"] = call.Require("securityCredential"),
            ["CommandID"] = "BusinessPayment",
            ["Amount"] = decimal.Parse(Amount(call, order), CultureInfo.InvariantCulture),
            ["PartyA"] = call.Require("shortCode"),
            ["PartyB"] = Phone(call, order),
            ["Remarks"] = order.EndToEnd,
            ["QueueTimeOutURL"] = call.CallbackUrl(unit)!,
            ["ResultURL"] = call.CallbackUrl(unit)!,
            ["Occassion"] = "", // So spelled by the operator.
        };
        var answer = await OrderAsync(
            call, (signed, each) => Api(call).PayOnceAsync(OrderBody.Json(payment), signed, each), cancel);
        if (answer["errorCode"] == OperatorStatusMaps.DarajaDuplicate)
        {
            return await AskOneAsync(call, unit, order, cancel);
        }

        return new Answer(
            order.Reference,
            answer.IsGood && IsOf(answer["OriginatorConversationID"], order.Reference)
                ? OperatorStatusMaps.Daraja.Read("daraja acknowledgement", answer.Body.CodeAt("ResponseCode"))
                : answer.Unknown,
            answer["ConversationID"]);
    }

    protected override async Task<Answer> AskOneAsync(
        OperatorCall call, Unit unit, PaymentOrder order, CancellationToken cancel)
    {
        var question = new Dictionary<string, string>
        {
            ["Initiator"] = call.Require("initiator"),
            ["SecurityCredential"] = call.Require("securityCredential"),
            ["CommandID"] = "TransactionStatusQuery",
            ["TransactionID"] = "",
            ["OriginalConversationID"] = order.Reference,
            ["PartyA"] = call.Require("shortCode"),
            ["IdentifierType"] = "4",
            ["ResultURL"] = call.CallbackUrl(unit) + AnswerMark,
            ["QueueTimeOutURL"] = call.CallbackUrl(unit) + AnswerMark,
            ["Remarks"] = "status",
            ["Occasion"] = $"{order.Reference}.{Mark(call.Connection, order.Reference)}",
        };
        var answer = await QuestionAsync(
            call, (signed, each) => Api(call).TransactionStatusAsync(OrderBody.Json(question), signed, each), cancel);
        // The acknowledgement of a question says nothing about the order.
        return new Answer(order.Reference, answer.IsGood ? Verdict.Unknown("ASKED") : answer.Unknown);
    }

    private static IDarajaApi Api(OperatorCall call) => call.OperatorConnection.Api<IDarajaApi>();

    /// <summary>Our reference, if the answer carries the mark of our question about it.</summary>
    private static string? MarkedReference(Connection connection, JsonElement result)
    {
        var occasion = Items(result.Below("ReferenceData", "ReferenceItem"))
            .FirstOrDefault(item => item.Key == "Occasion").Value;
        return occasion?.Split('.') is [var reference, var mark]
            && WireReference.TryRead(reference, out _)
            && CryptographicOperations.FixedTimeEquals(
                Encoding.ASCII.GetBytes(mark), Encoding.ASCII.GetBytes(Mark(connection, reference)))
                ? reference
                : null;
    }

    /// <summary>A failed question proves nothing. An answered question gives the transaction's status.</summary>
    private static Verdict Judge(JsonElement result) =>
        result.CodeAt("ResultType") == "0" && result.CodeAt("ResultCode") == "0"
            ? OperatorStatusMaps.Daraja.Read("daraja transaction status", Value(result, "TransactionStatus"))
            : Verdict.Unknown("QUERY_" + (result.CodeAt("ResultCode") ?? "UNREADABLE"));

    private static string? Value(JsonElement result, string key) =>
        Items(result.Below("ResultParameters", "ResultParameter")).Where(item => item.Key == key)
            .Select(item => item.Value).Distinct().ToList() is [var only] ? only : null;

    /// <summary>A list of Key and Value, or a single pair without a list.</summary>
    private static IEnumerable<(string? Key, string? Value)> Items(JsonElement list) => list.ValueKind switch
    {
        JsonValueKind.Array => [.. list.EnumerateArray().Select(item => (item.TextAt("Key"), item.CodeAt("Value")))],
        JsonValueKind.Object => [(list.TextAt("Key"), list.CodeAt("Value"))],
        _ => [],
    };

    private static string Mark(Connection connection, string reference) => Convert.ToHexStringLower(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(connection.Require("consumerSecret")),
            Encoding.UTF8.GetBytes("twintrack:daraja:ask:" + reference)))[..32];
}
