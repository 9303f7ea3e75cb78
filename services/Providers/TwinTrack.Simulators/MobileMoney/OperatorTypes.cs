using System.Text.Json;

namespace TwinTrack.Simulators.MobileMoney;

/// <summary>An order as it came in.</summary>
/// <param name="Refusal">Why the order is refused although the request is accepted; null when it is valid.</param>
internal sealed record Disbursement(
    string Reference, string EndToEnd, string Msisdn, long AmountMinor, string Amount, string Currency,
    JsonElement? DebitParty, string? Refusal);

/// <summary>How an operator of one kind reports.</summary>
/// <param name="CallbackMethod">PUT or POST.</param>
/// <param name="Endings">The true reports of a finished request, one per callback.</param>
/// <param name="Opposite">A report that says the opposite of what happened.</param>
internal sealed record Dialect(HttpMethod CallbackMethod, Func<OperatorRequest, IEnumerable<object>> Endings,
    Func<OperatorRequest, DateTimeOffset, object> Opposite);

/// <summary>
/// One accepted request: a batch, or a single transaction. The operator's lock guards everything that changes.
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

    /// <summary>A two-step batch that is parsed and waits for approval.</summary>
    public bool AwaitsApproval { get; set; }

    /// <summary>When the request was processed.</summary>
    public DateTimeOffset? DoneAt { get; set; }

    /// <summary>
    /// A batch ends when its last order was processed. A single order ends only with its own result, which some never
    /// get.
    /// </summary>
    public bool HasEnded => DoneAt is not null && (!single || Completions.Count + Rejections.Count > 0);

    /// <summary>For a request with one order: true when paid, false when refused, null when undecided.</summary>
    public bool? Paid => Completions.Count > 0 ? true : Rejections.Count > 0 ? false : null;

    public List<(Disbursement Order, string TransactionReference, DateTimeOffset At)> Completions { get; } = [];

    public List<(Disbursement Order, string Reason, DateTimeOffset At)> Rejections { get; } = [];
}
