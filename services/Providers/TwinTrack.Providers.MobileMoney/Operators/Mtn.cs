using System.Text.Json;
using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.MobileMoney.Operators;

/// <summary>
/// MTN MoMo Disbursement 1.0. Our key is X-Reference-Id, a UUID, and questions use the same key. A second use is
/// refused with 409. It calls back only once, so we also ask.
/// </summary>
internal sealed class Mtn() : SingleOrderProfile(new ProfileSheet(
    "mtn", ["apiUser", "apiKey", "subscriptionKey", "targetEnvironment"], CallsPerSecond: 20, CallsAtOnce: 4,
    PhoneForm.Digits, Enquires: true))
{
    public override Task<OperatorAnswer> ProbeAsync(OperatorCall call, CancellationToken cancel) =>
        QuestionAsync(call, Api(call).BalanceAsync, cancel);

    /// <summary>Whether the number belongs to an active account holder, and optionally the holder's name.</summary>
    public override async Task<string?> EnquireAsync(OperatorCall call, PaymentOrder order, CancellationToken cancel)
    {
        var number = Phone(call, order);
        var active = await QuestionAsync(
            call, (signed, each) => Api(call).ActiveAsync(number, signed, each), cancel);
        if (active.IsGood && active.Body.At("result") is { ValueKind: JsonValueKind.False })
        {
            return Enquiry.NotRegistered;
        }

        if (Enquiry.Of(call.Connection) != EnquiryDepth.Name)
        {
            return null;
        }

        var person = await QuestionAsync(
            call, (signed, each) => Api(call).HolderAsync(number, signed, each), cancel);
        return !person.IsGood || Enquiry.CanBeOne(order.Payee.Name, $"{person["given_name"]} {person["family_name"]}")
            ? null : Enquiry.OtherName;
    }

    protected override Task<HttpResponseMessage> FetchTokenAsync(OperatorCall call, CancellationToken cancel) =>
        Api(call).TokenAsync(
            Basic(call.Require("apiUser"), call.Require("apiKey")), call.Require("subscriptionKey"), cancel);

    protected override IEnumerable<KeyValuePair<string, string>> OwnHeaders(OperatorCall call) =>
    [
        new("Ocp-Apim-Subscription-Key", call.Require("subscriptionKey")),
        new("X-Target-Environment", call.Require("targetEnvironment")),
    ];

    protected override async Task<Answer> PayAsync(
        OperatorCall call, Unit unit, PaymentOrder order, CancellationToken cancel)
    {
        var transfer = new
        {
            amount = Amount(call, order),
            currency = call.Connection.Currency.Code,
            externalId = order.Reference,
            payee = new { partyIdType = "MSISDN", partyId = Phone(call, order) },
            payerMessage = order.EndToEnd,
            payeeNote = order.EndToEnd,
        };
        var answer = await OrderAsync(
            call,
            (signed, each) => Api(call).TransferOnceAsync(
                OrderBody.Json(transfer), Key(order), call.CallbackUrl(unit), signed, each),
            cancel);
        return answer.Status switch
        {
            409 => await AskOneAsync(call, unit, order, cancel),
            202 when answer.IsReadable =>
                new Answer(order.Reference, OperatorStatusMaps.Mtn.Read("mtn submit", "202")),
            400 when answer.Fault.Length == 0 =>
                new Answer(order.Reference, OperatorStatusMaps.Mtn.Read("mtn submit", answer["code"])),
            _ => new Answer(order.Reference, answer.Unknown),
        };
    }

    protected override async Task<Answer> AskOneAsync(
        OperatorCall call, Unit unit, PaymentOrder order, CancellationToken cancel)
    {
        var answer = await QuestionAsync(
            call, (signed, each) => Api(call).TransferAsync(Key(order), signed, each), cancel);
        if (!answer.IsGood)
        {
            return new Answer(order.Reference, answer.Unknown);
        }

        if (!IsOf(answer["externalId"], order.Reference))
        {
            return Elsewhere(order);
        }

        // The reason is a code, or an object that holds a code.
        var verdict = OperatorStatusMaps.Mtn.Read("mtn transfer", answer["status"]);
        var reason = answer["reason"] ?? answer.Body.Below("reason").TextAt("code");
        return new Answer(
            order.Reference, verdict.Outcome == Outcome.Rejected && reason is not null
                ? verdict with { Code = reason } : verdict, answer["financialTransactionId"]);
    }

    private static IMtnApi Api(OperatorCall call) => call.OperatorConnection.Api<IMtnApi>();

    private static string Key(PaymentOrder order) => CorrelationId.Version4(order.Reference);
}
