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
    private const string Transfer = "/disbursement/v1_0/transfer";

    public override Task<OperatorAnswer> ProbeAsync(OperatorCall call, CancellationToken cancel) =>
        SendAsync(call, order: false, HttpMethod.Get, "/disbursement/v1_0/account/balance", null, cancel);

    /// <summary>Whether the number belongs to an active account holder, and optionally the holder's name.</summary>
    public override async Task<string?> EnquireAsync(OperatorCall call, PaymentOrder order, CancellationToken cancel)
    {
        var account = "/disbursement/v1_0/accountholder/msisdn/" + Phone(call, order);
        var active = await SendAsync(call, order: false, HttpMethod.Get, account + "/active", null, cancel);
        if (active.IsGood && active.Body.At("result") is { ValueKind: JsonValueKind.False })
        {
            return Enquiry.NotRegistered;
        }

        if (Enquiry.Of(call.Connection) != EnquiryDepth.Name)
        {
            return null;
        }

        var person = await SendAsync(call, order: false, HttpMethod.Get, account + "/basicuserinfo", null, cancel);
        return !person.IsGood || Enquiry.CanBeOne(order.Payee.Name, $"{person["given_name"]} {person["family_name"]}")
            ? null : Enquiry.OtherName;
    }

    protected override HttpRequestMessage TokenRequest(OperatorCall call)
    {
        var request = Request(call, HttpMethod.Post, "/disbursement/token/", null);
        request.Headers.Authorization = Basic(call.Require("apiUser"), call.Require("apiKey"));
        request.Headers.Add("Ocp-Apim-Subscription-Key", call.Require("subscriptionKey"));
        return request;
    }

    protected override void Sign(OperatorCall call, HttpRequestMessage request)
    {
        request.Headers.Add("Ocp-Apim-Subscription-Key", call.Require("subscriptionKey"));
        request.Headers.Add("X-Target-Environment", call.Require("targetEnvironment"));
    }

    protected override async Task<Answer> PayAsync(
        OperatorCall call, Unit unit, PaymentOrder order, CancellationToken cancel)
    {
        var said = await SendAsync(
            call, order: true, HttpMethod.Post, Transfer,
            new
            {
                amount = Amount(call, order),
                currency = call.Connection.Currency.Code,
                externalId = order.Reference,
                payee = new { partyIdType = "MSISDN", partyId = Phone(call, order) },
                payerMessage = order.EndToEnd,
                payeeNote = order.EndToEnd,
            },
            cancel,
            request =>
            {
                request.Headers.Add("X-Reference-Id", Key(order));
                if (call.CallbackUrl(unit) is { } callback)
                {
                    request.Headers.Add("X-Callback-Url", callback);
                }
            });
        return said.Status switch
        {
            409 => await AskOneAsync(call, unit, order, cancel),
            202 => new Answer(order.Reference, OperatorStatusMaps.Mtn.Read("mtn submit", "202")),
            400 when said.Fault.Length == 0 =>
                new Answer(order.Reference, OperatorStatusMaps.Mtn.Read("mtn submit", said["code"])),
            _ => new Answer(order.Reference, said.Unknown),
        };
    }

    protected override async Task<Answer> AskOneAsync(
        OperatorCall call, Unit unit, PaymentOrder order, CancellationToken cancel)
    {
        var said = await SendAsync(call, order: false, HttpMethod.Get, $"{Transfer}/{Key(order)}", null, cancel);
        if (!said.IsGood)
        {
            return new Answer(order.Reference, said.Unknown);
        }

        if (!IsOf(said["externalId"], order.Reference))
        {
            return Elsewhere(order);
        }

        // The reason is a code, or an object that holds a code.
        var verdict = OperatorStatusMaps.Mtn.Read("mtn transfer", said["status"]);
        var reason = said["reason"] ?? said.Body.Below("reason").TextAt("code");
        return new Answer(
            order.Reference, verdict.Outcome == Outcome.Rejected && reason is not null
                ? verdict with { Code = reason } : verdict, said["financialTransactionId"]);
    }

    private static string Key(PaymentOrder order) => CorrelationId.Version4(order.Reference);
}
