using System.Text.Json;

namespace TwinTrack.Simulators.MobileMoney;

/// <summary>An order as it came in.</summary>
/// <param name="Refusal">Why it is refused although the request as a whole is taken; null when it is fine.</param>
internal sealed record Disbursement(
    string Reference, string EndToEnd, string Msisdn, long AmountMinor, string Amount, string Currency,
    JsonElement? DebitParty, string? Refusal);

/// <summary>How an operator of one kind reports.</summary>
/// <param name="CallbackMethod">PUT or POST.</param>
/// <param name="Endings">The true reports of a finished request, one a callback.</param>
/// <param name="Opposite">A report that says the contrary of what happened, as happens.</param>
internal sealed record Dialect(HttpMethod CallbackMethod, Func<OperatorRequest, IEnumerable<object>> Endings,
    Func<OperatorRequest, DateTimeOffset, object> Opposite);

/// <summary>
/// One accepted request: a batch, or a single transaction. Everything that changes is guarded by the operator's gate.
/// </summary>
internal sealed class OperatorRequest(string correlationId, string stateId, string objectId, bool single,
    string? callbackUrl, IReadOnlyList<Disbursement> orders, DateTimeOffset cameAt, Dialect dialect)
{
    public string CorrelationId => correlationId;

    public string StateId => stateId;

    /// <summary>Batch id, or transaction reference.</summary>
    public string ObjectId => objectId;

    public bool Single => single;

    public string? CallbackUrl => callbackUrl;

    public IReadOnlyList<Disbursement> Orders => orders;

    public DateTimeOffset CameAt => cameAt;

    public Dialect Dialect => dialect;

    /// <summary>A batch of two steps that was read, and waits.</summary>
    public bool AwaitsApproval { get; set; }

    /// <summary>Worked off: what has an ending has it.</summary>
    public DateTimeOffset? DoneAt { get; set; }

    /// <summary>
    /// A batch ends with its last order's turn; a single order only with its own ending, which for some never comes.
    /// </summary>
    public bool HasEnded => DoneAt is not null && (!single || Completions.Count + Rejections.Count > 0);

    /// <summary>The only order, where there is one a request: whether it was paid, refused, or neither yet.</summary>
    public bool? Paid => Completions.Count > 0 ? true : Rejections.Count > 0 ? false : null;

    public List<(Disbursement Order, string TransactionReference, DateTimeOffset At)> Completions { get; } = [];

    public List<(Disbursement Order, string Reason, DateTimeOffset At)> Rejections { get; } = [];
}
