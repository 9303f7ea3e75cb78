using TwinTrack.Contracts.Words;

namespace TwinTrack.Contracts.Payments.V1;

/// <summary>Asks Routing for the channel of each planned instruction, at most 1,000. Sent by Payments.</summary>
/// <param name="RequestId">Names what is being planned. Payments chooses it, and the answer returns it.</param>
public sealed record RouteInstructions(string RequestId, int Chunk, string Programme, string CycleId,
    IReadOnlyList<RouteRow> Rows);

/// <param name="InstructionId">Text form, ins_... .</param>
/// <param name="Instrument">mobile, bank or cash.</param>
/// <param name="AmountMinor">Minor units of the programme's currency.</param>
/// <param name="ObligationId">Text form, obl_... . Shares and ceilings are counted by it.</param>
/// <param name="FundingSource">Code.</param>
public sealed record RouteRow(
    string InstructionId, string Area, [WordOf(typeof(Instruments))] string Instrument, long AmountMinor,
    string ObligationId, string FundingSource);

/// <summary>
/// Orders a channel to pay, at most 1,000 instructions. Sent by Payments to Providers, after the claim on each
/// obligation is committed.
/// </summary>
/// <param name="Epoch">
/// The channel's epoch when Routing chose it. If a stop of a later epoch covers the instruction, it is withdrawn on
/// arrival.
/// </param>
public sealed record SubmitInstructions(
    string Channel, long Epoch, string BatchId, string Programme, string Currency, IReadOnlyList<SubmitRow> Rows);

/// <param name="ObligationId">Text form, obl_... . Stable over attempts: the end-to-end reference.</param>
/// <param name="PayeeFingerprint">
/// The approved payee. A payee that no longer matches is refused before anything leaves.
/// </param>
public sealed record SubmitRow(
    string InstructionId, string ObligationId, string HouseholdId, string PayeeFingerprint, string Area,
    long AmountMinor);

/// <summary>
/// Asks Providers to keep one instruction from being paid: withdraw it if it never left, recall it if it did.
/// </summary>
public sealed record HoldInstruction(string InstructionId, string IncidentId);

/// <summary>Instructions changed state, at most 1,000 rows. Sent to Reconciliation, which books them.</summary>
/// <param name="Currency">ISO 4217.</param>
public sealed record InstructionStatesChanged(
    string BatchId, string Programme, string Currency, IReadOnlyList<StateChangeRow> Rows);

/// <param name="Version">Counts the changes of this instruction from 1; makes order and repetition harmless.</param>
/// <param name="From">State left; planned when it was released for the first time.</param>
/// <param name="To">State entered.</param>
/// <param name="AmountMinor">The instruction's amount; for a partial delivery, the delivered amount.</param>
public sealed record StateChangeRow(
    string InstructionId,
    string ObligationId,
    string Channel,
    [WordOf(typeof(Tracks))] int Track,
    string FundingSource,
    int Version,
    [WordOf(typeof(InstructionStates))] string From,
    [WordOf(typeof(InstructionStates))] string To,
    long AmountMinor,
    DateTimeOffset At);

/// <summary>
/// Money was put at a programme's disposal, committed to a batch or given back. Sent to Reconciliation.
/// </summary>
/// <param name="MovementId">Unique; the booking is made once.</param>
/// <param name="Kind">deposited, committed or decommitted.</param>
/// <param name="BatchId">Null for a deposit.</param>
public sealed record FundMovementRecorded(
    string MovementId, [WordOf(typeof(FundMovements))] string Kind, string Programme, string FundingSource,
    string? BatchId, long AmountMinor, string Currency, DateTimeOffset At);

/// <summary>
/// Incidents moved money, at most 500 rows of one batch. Sent to Reconciliation, which books them beside the batch's
/// own figures.
/// </summary>
/// <param name="Currency">ISO 4217.</param>
public sealed record IncidentMovementsRecorded(string BatchId, string Programme, string Currency,
    IReadOnlyList<IncidentMovementRow> Rows);

/// <param name="MovementId">Unique; the booking is made once.</param>
/// <param name="IncidentKind">
/// A word of <c>IncidentKinds</c>. It is <c>forced_move</c> where the id is a forced move's.
/// </param>
/// <param name="Kind">A word of <c>IncidentMovements</c>.</param>
/// <param name="Channel">Channel of the contradicted attempt.</param>
/// <param name="FundingSource">Funding source of the obligation.</param>
/// <param name="Bearer">The source that bears a write-off or a forced loss; else null.</param>
/// <param name="AmountMinor">Minor units; above zero.</param>
public sealed record IncidentMovementRow(
    string MovementId,
    string IncidentId,
    [WordOf(typeof(IncidentKinds))] string IncidentKind,
    [WordOf(typeof(IncidentMovements))] string Kind,
    string Channel,
    string FundingSource,
    string? Bearer,
    long AmountMinor,
    DateTimeOffset At);

/// <summary>A batch was released for payment. Sent to Reconciliation.</summary>
/// <param name="Count">Obligations in the batch, including those that no channel reaches.</param>
/// <param name="SumMinor">Their sum, minor units.</param>
public sealed record BatchReleased(
    string BatchId, string CycleId, string Programme, string Currency, long Count, long SumMinor, string ContentHash,
    DateTimeOffset At);

/// <summary>
/// A follow-up batch has taken unpaid obligations of an earlier batch, at most 1,000 rows. Sent to Reconciliation.
/// The earlier batch no longer counts them as unpaid.
/// </summary>
/// <param name="BatchId">The earlier batch.</param>
/// <param name="FollowUpId">The batch that they are in now.</param>
public sealed record ObligationsTransferred(string BatchId, string FollowUpId, IReadOnlyList<TransferredRow> Rows);

/// <param name="ObligationId">Text form, obl_... .</param>
/// <param name="AmountMinor">Its whole amount, minor units.</param>
public sealed record TransferredRow(string ObligationId, long AmountMinor);

/// <summary>
/// A batch is closed under its certificate. No payment of it is under way, and none will be planned again. Sent to
/// Reconciliation.
/// </summary>
/// <param name="CertificateHash">Hash of the certificate that closed it.</param>
public sealed record BatchClosed(string BatchId, string CertificateHash, DateTimeOffset At);

/// <summary>
/// A batch was not closed, because it has not come to rest. Its certificate does not hold. Sent to Reconciliation.
/// </summary>
/// <param name="CertificateHash">Hash of the certificate that does not hold.</param>
/// <param name="Reason">What is in the way, in numbers.</param>
public sealed record BatchNotClosed(string BatchId, string CertificateHash, string Reason, DateTimeOffset At);

/// <summary>
/// State of the obligations in the scope of a switch. Answer to <c>CountDispositions</c>, sent to Routing.
/// </summary>
/// <param name="ListHash">
/// SHA-256, 64 hex digits, over the obligations in scope, <c>obligation id|amount</c> a line in order of id. Does not
/// change as they are paid.
/// </param>
/// <param name="Obligations">How many obligations are in scope.</param>
/// <param name="QuestionNumber">The number of the question.</param>
/// <param name="RowOfEachObligation">
/// For each obligation, in order of its id, the index of its row in <paramref name="Rows"/>; null where it was not
/// asked for.
/// </param>
/// <param name="StillPlanning">
/// Whether Payments may still plan further attempts by itself. If not, a freed obligation without a new instruction is
/// kept back, or Routing found no channel for it several times.
/// </param>
public sealed record DispositionsCounted(
    string SwitchId, long QuestionNumber, string ListHash, long Obligations, long AmountMinor, bool StillPlanning,
    IReadOnlyList<DispositionRow> Rows, IReadOnlyList<int>? RowOfEachObligation = null);

/// <param name="Channel">Channel of the obligation's latest instruction.</param>
/// <param name="State">State of that instruction, as in the instruction lifecycle.</param>
/// <param name="MadeBySwitch">Whether that instruction was made by this switch.</param>
/// <param name="Evidence">
/// A word of <c>FreeingEvidence</c> for the instruction before, when this switch made the instruction; else null.
/// </param>
/// <param name="FundingSource">Code.</param>
/// <param name="ShareFrom">
/// Start of the part of the share draw in which all these obligations fall; 0 where not asked for.
/// </param>
/// <param name="PilotFrom">The same for the pilot draw.</param>
/// <param name="ObligationId">Id of an obligation that is counted by itself; else null.</param>
public sealed record DispositionRow(
    string Area,
    [WordOf(typeof(Instruments))] string Instrument,
    string Channel,
    [WordOf(typeof(InstructionStates))] string State,
    bool MadeBySwitch,
    [WordOf(typeof(FreeingEvidence))] string? Evidence,
    long Count,
    long AmountMinor,
    string FundingSource,
    int ShareFrom = 0,
    int PilotFrom = 0,
    string? ObligationId = null);

/// <summary>Payments refuses to move, because its list differs from the voted list. Sent to Routing.</summary>
public sealed record MoveRefused(string SwitchId, string ListHash);
