using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.MobileMoney.Operators;

/// <summary>
/// Airtel Money disbursements v2. Answers at once with a code; errors also come as a 200. Our key is
/// <c>transaction.id</c>, and a second order with the same key is refused. Phone numbers have no country code.
/// </summary>
internal sealed class Airtel() : SingleOrderProfile(new ProfileSheet(
    "airtel", ["clientId", "clientSecret", "country", "pin", "pinKey"], CallsPerSecond: 20, CallsAtOnce: 4,
    PhoneForm.National, Enquires: true))
{
    public override Result<Connection> Check(Connection connection) => base.Check(connection).Then(_ =>
        Encrypted(connection) is null ? MobileMoneyRefusals.Setting(
            "pinKey", "is not an RSA public key in base64 (SubjectPublicKeyInfo)") : (Result<Connection>)connection);

    /// <summary>We do not know how it authenticates callbacks, so none are requested.</summary>
    public override Abilities AbilitiesOf(Connection connection, OperatorAddress address) =>
        base.AbilitiesOf(connection, address) with { Callback = false };

    /// <summary>Always requests a new token, because no other call is free of orders.</summary>
    public override Task<OperatorAnswer> ProbeAsync(OperatorCall call, CancellationToken cancel) =>
        TokenAsync(call, cancel);

    /// <summary>
    /// GET /standard/v1/users/{number}: whether the account exists, whether it is barred, and its holder.
    /// </summary>
    public override async Task<string?> EnquireAsync(OperatorCall call, PaymentOrder order, CancellationToken cancel)
    {
        var answer = await QuestionAsync(
            call, (signed, each) => Api(call).UserAsync(Phone(call, order), signed, each), cancel);
        var user = answer.Body.Below("data");
        return !answer.IsGood || user.ValueKind != JsonValueKind.Object ? null
            : user.At("is_barred") is { ValueKind: JsonValueKind.True } ? Enquiry.NotAvailable
            : Enquiry.Of(call.Connection) != EnquiryDepth.Name
                || Enquiry.CanBeOne(order.Payee.Name, $"{user.TextAt("first_name")} {user.TextAt("last_name")}") ? null
            : Enquiry.OtherName;
    }

    protected override Task<HttpResponseMessage> FetchTokenAsync(OperatorCall call, CancellationToken cancel) =>
        Api(call).TokenAsync(
            OrderBody.Json(new
            {
                client_id = call.Require("clientId"),
                client_secret = call.Require("clientSecret"),
                grant_type = "client_credentials",
            }),
            cancel);

    protected override IEnumerable<KeyValuePair<string, string>> OwnHeaders(OperatorCall call) =>
    [
        new("X-Country", call.Require("country")),
        new("X-Currency", call.Connection.Currency.Code),
    ];

    protected override async Task<Answer> PayAsync(
        OperatorCall call, Unit unit, PaymentOrder order, CancellationToken cancel)
    {
        var disbursement = new
        {
            payee = new { msisdn = Phone(call, order), wallet_type = "NORMAL" },
            reference = order.EndToEnd,
            pin = Encrypted(call.Connection),
            transaction = new
            {
                amount = decimal.Parse(Amount(call, order), CultureInfo.InvariantCulture),
                id = order.Reference,
                type = "B2C"
            },
        };
        var answer = await OrderAsync(
            call, (signed, each) => Api(call).DisburseOnceAsync(OrderBody.Json(disbursement), signed, each), cancel);
        return CodeOf(answer) == OperatorStatusMaps.AirtelDuplicate
            ? await AskOneAsync(call, unit, order, cancel) : Read(order, answer);
    }

    protected override async Task<Answer> AskOneAsync(
        OperatorCall call, Unit unit, PaymentOrder order, CancellationToken cancel)
    {
        var answer = await QuestionAsync(
            call, (signed, each) => Api(call).DisbursementAsync(order.Reference, signed, each), cancel);
        return OfTheQuestion(Read(order, answer), answer.Body.Below("data", "transaction").TextAt("id"));
    }

    /// <summary>
    /// The transaction's status and the answer's code must agree. If one of them is not listed, the result is unknown.
    /// </summary>
    private static Answer Read(PaymentOrder order, OperatorAnswer answer)
    {
        if (!answer.IsGood)
        {
            return new Answer(order.Reference, answer.Unknown);
        }

        var transaction = answer.Body.Below("data", "transaction");
        if (!IsOf(transaction.TextAt("id"), order.Reference))
        {
            return Elsewhere(order);
        }

        var code = OperatorStatusMaps.Airtel.Read("airtel code", CodeOf(answer));
        var status = transaction.TextAt("status") is { } word
            ? OperatorStatusMaps.Airtel.Read("airtel transaction", word) : code;
        return new Answer(order.Reference, status.Outcome == code.Outcome ? code : Verdict.Unknown(code.Code),
            transaction.TextAt("airtel_money_id"));
    }

    private static IAirtelApi Api(OperatorCall call) => call.OperatorConnection.Api<IAirtelApi>();

    private static string? CodeOf(OperatorAnswer answer) => answer.Body.Below("status").TextAt("response_code");

    /// <summary>
    /// The encrypted PIN, RSA with PKCS #1 padding; null when the key is not valid. The random padding makes it
    /// different each time.
    /// </summary>
    private static string? Encrypted(Connection connection)
    {
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportSubjectPublicKeyInfo(Convert.FromBase64String(connection.Require("pinKey")), out _);
            return Convert.ToBase64String(
                rsa.Encrypt(Encoding.UTF8.GetBytes(connection.Require("pin")), RSAEncryptionPadding.Pkcs1));
        }
        catch (Exception fault) when (fault is FormatException or CryptographicException)
        {
            return null;
        }
    }
}
