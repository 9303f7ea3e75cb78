using System.Text;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.MobileMoney.Operators;

/// <summary>Operators with one call per order and bearer tokens.</summary>
internal abstract class SingleOrderProfile(ProfileSheet sheet) : OperatorProfile(sheet)
{
    /// <summary>Less than a provider's call may take as a whole (30 s).</summary>
    private static readonly TimeSpan TokenMax = TimeSpan.FromSeconds(28);

    /// <summary>A call that takes the bearer token and the operator's own headers.</summary>
    protected delegate Task<HttpResponseMessage> SignedCall(
        IDictionary<string, string> signed, CancellationToken cancel);

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
    protected abstract Task<HttpResponseMessage> FetchTokenAsync(OperatorCall call, CancellationToken cancel);

    /// <summary>The headers of every call other than the token.</summary>
    protected virtual IEnumerable<KeyValuePair<string, string>> OwnHeaders(OperatorCall call) => [];

    protected Task<OperatorAnswer> TokenAsync(OperatorCall call, CancellationToken cancel) =>
        call.OperatorConnection.QuestionAsync(each => FetchTokenAsync(call, each), cancel);

    /// <summary>
    /// Fetches a token for all callers that wait. It has a time of its own, because no single caller may cancel it.
    /// </summary>
    private async Task<OperatorAnswer> SharedTokenAsync(OperatorCall call)
    {
        using var limit = new CancellationTokenSource(TokenMax, call.Clock);
        try
        {
            return await TokenAsync(call, limit.Token);
        }
        catch (OperationCanceledException)
        {
            return OperatorAnswer.Nothing("TIMEOUT");
        }
    }

    /// <summary>A call that may be repeated, because it pays nothing.</summary>
    protected Task<OperatorAnswer> QuestionAsync(OperatorCall call, SignedCall question, CancellationToken cancel) =>
        SendAsync(call, call.OperatorConnection.QuestionAsync, question, cancel);

    /// <summary>
    /// Sends without a retry. The code that owns the journal decides whether to send again. The only repetition is the
    /// one after a refused token, which the operator did not take as an order.
    /// </summary>
    protected Task<OperatorAnswer> OrderAsync(OperatorCall call, SignedCall order, CancellationToken cancel) =>
        SendAsync(call, call.OperatorConnection.OrderAsync, order, cancel);

    /// <summary>
    /// Sends with a token. If the operator refuses the token (401), a new token is fetched and the same call is sent
    /// once more. It has the same reference, which the operator accepts once.
    /// </summary>
    private async Task<OperatorAnswer> SendAsync(
        OperatorCall call,
        Func<Func<CancellationToken, Task<HttpResponseMessage>>, CancellationToken, Task<OperatorAnswer>> line,
        SignedCall send,
        CancellationToken cancel)
    {
        string? token = null;
        for (var again = false; ; again = true)
        {
            (token, var refusal) = await call.OperatorConnection.Tokens.GetAsync(
                token, () => SharedTokenAsync(call), call.Clock, cancel);
            if (token is null)
            {
                // The status of the token's answer says nothing about the order, which was not sent.
                return OperatorAnswer.Nothing(refusal!.Unknown.Code);
            }

            var signed = new Dictionary<string, string>(OwnHeaders(call)) { ["Authorization"] = $"Bearer {token}" };
            var answer = await line(each => send(signed, each), cancel);
            if (answer.Status != 401 || again)
            {
                return answer;
            }
        }
    }

    protected static string Basic(string user, string password) =>
        $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))}";

    protected string Phone(OperatorCall call, PaymentOrder order) =>
        PhoneForms.Of(order.Payee.Account, Sheet.Phone, call.Connection["countryCode"])!;

    protected static string Amount(OperatorCall call, PaymentOrder order) =>
        OrderBody.Amount(call.Connection.Currency, order.AmountMinor);

    /// <summary>Whether the answer is about this order. Other answers are ignored.</summary>
    protected static bool IsOf(string? theirs, string ours) =>
        theirs is null || string.Equals(theirs, ours, StringComparison.OrdinalIgnoreCase);

    protected static Answer Elsewhere(PaymentOrder order) => new(order.Reference, Verdict.Unknown("OTHER_ORDER"));
}
