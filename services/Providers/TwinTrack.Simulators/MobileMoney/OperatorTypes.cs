using System.Text.Json;

namespace TwinTrack.Simulators.MobileMoney;

/// <summary>An order as it came in.</summary>
/// <param name="Refusal">Why it is refused although the request as a whole is taken; null when it is fine.</param>
internal sealed record Disbursement(
    string Reference, string EndToEnd, string Msisdn, long AmountMinor, string Amount, string Currency, JsonElement? DebitParty, string? Refusal);

/// <summary>One accepted request: a batch, or a single transaction. Everything that changes is guarded by the operator's gate.</summary>
internal sealed class OperatorRequest(string correlationId, string stateId, string objectId, bool single, string? callbackUrl, IReadOnlyList<Disbursement> orders, DateTimeOffset cameAt)
{
    public string CorrelationId => correlationId;

    public string StateId => stateId;

    /// <summary>Batch id, or transaction reference.</summary>
    public string ObjectId => objectId;

    public bool Single => single;

    public string? CallbackUrl => callbackUrl;

    public IReadOnlyList<Disbursement> Orders => orders;

    public DateTimeOffset CameAt => cameAt;

    /// <summary>Worked off: what has an ending has it.</summary>
    public DateTimeOffset? DoneAt { get; set; }

    /// <summary>A batch ends with its last order's turn; a single order only with its own ending, which for some never comes.</summary>
    public bool HasEnded => DoneAt is not null && (!single || Completions.Count + Rejections.Count > 0);

    public List<(Disbursement Order, string TransactionReference, DateTimeOffset At)> Completions { get; } = [];

    public List<(Disbursement Order, string Reason, DateTimeOffset At)> Rejections { get; } = [];
}
