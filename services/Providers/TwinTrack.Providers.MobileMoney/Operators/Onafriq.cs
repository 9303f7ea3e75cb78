using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.MobileMoney.Operators;

/// <summary>
/// Onafriq's asynchronous hub: many orders in a call, each acknowledged separately. Our key is
/// <c>thirdPartyTransId</c>. Only a text shows that a key was used before; the code beside it may say "accepted". Its
/// webhooks are not signed.
/// </summary>
internal sealed class Onafriq() : OperatorProfile(new ProfileSheet(
    "onafriq", ["corporateCode", "password", "uniqueKey", "senderPhone", "senderName", "senderCountry", "country"],
    CallsPerSecond: 10, CallsAtOnce: 4, PhoneForm.Digits))
{
    /// <summary>Most orders in a call. The contract may allow fewer: setting <c>unitMax</c>.</summary>
    private const int BatchMax = 100;

    public override Abilities AbilitiesOf(Connection connection, OperatorAddress address) =>
        new(Wallets, AccountOnly, Recall: false, StatusQuery: true, Bulk: true, SafeToResend: true,
            Callback: address.CallbackBase is not null, UnitMax: BatchMax, Portability: true);

    public override async Task<Reading> SubmitAsync(OperatorCall call, Unit unit, CancellationToken cancel)
    {
        var answer = await call.OperatorConnection.OrderAsync(
            each => Api(call).SendBatchOnceAsync(OrderBody.Json(Batch(call, unit)), each), cancel);
        if (!answer.IsGood || Rows(answer) is not { } rows)
        {
            return Reading.OfUnit(unit.Reference, answer.IsGood ? Verdict.Unknown("UNREADABLE") : answer.Unknown);
        }

        var (lines, copies) = (new List<Answer>(), new List<PaymentOrder>());
        foreach (var order in unit.Orders)
        {
            // An order that the answer does not name, or names twice, has no result.
            if (rows[order.Reference].ToList() is not [var row])
            {
                lines.Add(new Answer(order.Reference, Verdict.Unknown("NOT_NAMED")));
            }
            else if (IsCopy(row))
            {
                copies.Add(order);
            }
            else
            {
                lines.Add(
                    new Answer(order.Reference,
                        OperatorStatusMaps.ReadOnafriq("onafriq acknowledgement", row.Below("status").CodeAt("code"))));
            }
        }

        lines.AddRange(await Singly.EachAsync(call, copies, order => AskOneAsync(call, order, cancel)));
        return new Reading([], lines);
    }

    public override async Task<Reading> AskAsync(OperatorCall call, Unit unit, CancellationToken cancel) =>
        new([], await Singly.EachAsync(call, Singly.Turned(unit.Orders, call.Clock),
            order => AskOneAsync(call, order, cancel)));

    /// <summary>
    /// Asks about a transaction that does not exist. Any readable answer shows that the operator is reachable.
    /// </summary>
    public override Task<OperatorAnswer> ProbeAsync(OperatorCall call, CancellationToken cancel) =>
        StatusAsync(call, new string('0', 32), cancel);

    private static async Task<Answer> AskOneAsync(OperatorCall call, PaymentOrder order, CancellationToken cancel)
    {
        var answer = await StatusAsync(call, order.Reference, cancel);
        return !answer.IsGood ? new Answer(order.Reference, answer.Unknown)
            : answer["thirdPartyTransId"] is { } theirs && theirs != order.Reference
                ? new Answer(order.Reference, Verdict.Unknown("OTHER_ORDER"))
            : OfTheQuestion(
                new Answer(
                    order.Reference, OperatorStatusMaps.ReadOnafriq(
                        "onafriq status", answer.Body.Below("status").CodeAt("code")), answer["mfsTransId"]),
                        answer["thirdPartyTransId"]);
    }

    private static Task<OperatorAnswer> StatusAsync(OperatorCall call, string reference, CancellationToken cancel) =>
        call.OperatorConnection.QuestionAsync(
            each => Api(call).StatusAsync(
                OrderBody.Json(new
                {
                    corporateCode = call.Require("corporateCode"),
                    password = call.Require("password"),
                    thirdPartyTransId = reference,
                }),
                each),
            cancel);

    private static IOnafriqApi Api(OperatorCall call) => call.OperatorConnection.Api<IOnafriqApi>();

    private static object Batch(OperatorCall call, Unit unit) => new
    {
        corporateCode = call.Require("corporateCode"),
        password = call.Require("password"),
        mfsSign = Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(call.Require("password") + unit.Reference + call.Require("uniqueKey")))),
        batchId = unit.Reference,
        callbackUrl = call.CallbackUrl(unit),
        requestBody = unit.Orders.Select(order => new
        {
            instructionType = new { destAcctType = 1, amountType = 1 },
            amount = new
            {
                amount = decimal.Parse(OrderBody.Amount(call.Connection.Currency, order.AmountMinor),
                    CultureInfo.InvariantCulture),
                currencyCode = call.Connection.Currency.Code,
            },
            sender = new
            {
                msisdn = call.Require("senderPhone"),
                fromCountry = call.Require("senderCountry"),
                name = call.Require("senderName"),
                surname = call.Require("senderName")
            },
            recipient = new
            {
                msisdn = PhoneForms.Of(order.Payee.Account, PhoneForm.Digits, null),
                toCountry = call.Require("country"),
                name = First(order.Payee.Name),
                surname = Last(order.Payee.Name)
            },
            thirdPartyTransId = order.Reference,
            reference = order.EndToEnd,
            purposeOfTransfer = "social cash transfer",
        }),
    };

    private static ILookup<string, JsonElement>? Rows(OperatorAnswer answer) =>
        answer.Body.Below("details", "transResponse") is { ValueKind: JsonValueKind.Array } rows
            ? rows.EnumerateArray().ToLookup(row => row.TextAt("thirdPartyId") ?? "", StringComparer.OrdinalIgnoreCase)
            : null;

    /// <summary>Only a text tells a copy. A false match is harmless, because the order is then asked about.</summary>
    private static bool IsCopy(JsonElement row) =>
        (row.Below("status").TextAt("message") + row.Below("status").TextAt("messageDetail")).Contains(
            "already exist", StringComparison.OrdinalIgnoreCase);

    private static string First(string name) =>
        name.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var first, ..] ? first : "-";

    private static string Last(string name) =>
        name.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, .., var last] ? last : First(name);
}
