using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.MobileMoney.Operators;

/// <summary>Operators with one call per order and bearer tokens.</summary>
internal abstract class SingleOrderProfile(ProfileSheet sheet) : OperatorProfile(sheet)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public override Abilities AbilitiesOf(Connection connection, OperatorAddress address) => new(
        Wallets, AccountOnly, Recall: false, StatusQuery: true, Bulk: address.SingleUnitMax > 1, SafeToResend: true,
        Callback: address.CallbackBase is not null, UnitMax: address.SingleUnitMax);

    public override async Task<Reading> SubmitAsync(OperatorCall call, Unit unit, CancellationToken cancel)
    {
        var lines = await Singly.EachAsync(call, unit.Orders, order => PayAsync(call, unit, order, cancel));
        return new Reading([], [.. lines, .. Singly.Untried(unit.Orders, lines)]);
    }

    public override async Task<Reading> AskAsync(OperatorCall call, Unit unit, CancellationToken cancel) =>
        new([], await Singly.EachAsync(call, Singly.Turned(unit.Orders, call.Clock),
            order => AskOneAsync(call, unit, order, cancel)));

    protected abstract Task<Answer> PayAsync(
        OperatorCall call, Unit unit, PaymentOrder order, CancellationToken cancel);

    protected abstract Task<Answer> AskOneAsync(
        OperatorCall call, Unit unit, PaymentOrder order, CancellationToken cancel);

    /// <summary>The call for a token: the operator answers with <c>access_token</c> and <c>expires_in</c>.</summary>
    protected abstract HttpRequestMessage TokenRequest(OperatorCall call);

    /// <summary>The headers of every call other than the token.</summary>
    protected virtual void Sign(OperatorCall call, HttpRequestMessage request)
    {
    }

    protected Task<OperatorAnswer> TokenAsync(OperatorCall call, CancellationToken cancel) =>
        call.Line.QuestionAsync(() => TokenRequest(call), cancel);

    /// <summary>
    /// Sends with a token. If the operator refuses the token (401), a new token is fetched and the same call is sent
    /// once more. It has the same reference, which the operator accepts once.
    /// </summary>
    protected async Task<OperatorAnswer> SendAsync(
        OperatorCall call, bool order, HttpMethod method, string path, object? body, CancellationToken cancel,
        Action<HttpRequestMessage>? more = null)
    {
        string? token = null;
        for (var again = false; ; again = true)
        {
            (token, var refusal) = await call.Line.Tokens.GetAsync(
                token, () => TokenAsync(call, CancellationToken.None), call.Clock, cancel);
            if (token is null)
            {
                return refusal!;
            }

            var bearer = token;
            HttpRequestMessage Make()
            {
                var request = Request(call, method, path, body);
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
                Sign(call, request);
                more?.Invoke(request);
                return request;
            }

            var said = order ? await call.Line.OrderAsync(Make, cancel) : await call.Line.QuestionAsync(Make, cancel);
            if (said.Status != 401 || again)
            {
                return said;
            }
        }
    }

    protected static HttpRequestMessage Request(OperatorCall call, HttpMethod method, string path, object? body)
    {
        var request = new HttpRequestMessage(method, call.Address.Base + path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), Options));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        return request;
    }

    protected static AuthenticationHeaderValue Basic(string user, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    protected string Phone(OperatorCall call, PaymentOrder order) =>
        PhoneForms.Of(order.Payee.Account, Sheet.Phone, call.Connection["countryCode"])!;

    protected static string Amount(OperatorCall call, PaymentOrder order) =>
        OrderBody.Amount(call.Connection.Currency, order.AmountMinor);

    /// <summary>Whether the answer is about this order. Other answers are ignored.</summary>
    protected static bool IsOf(string? theirs, string ours) =>
        theirs is null || string.Equals(theirs, ours, StringComparison.OrdinalIgnoreCase);

    protected static Answer Elsewhere(PaymentOrder order) => new(order.Reference, Verdict.Unknown("OTHER_ORDER"));
}
