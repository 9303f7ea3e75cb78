using TwinTrack.Contracts.Words;

namespace TwinTrack.Contracts.Providers.V1;

/// <summary>
/// Results of instructions, as the provider reported them or the journal proves them. At most 1,000 rows. Sent to
/// Payments.
/// </summary>
/// <param name="WithdrawnFor">
/// The switch on whose request (<c>StopScope</c>) all of these were withdrawn; null for other reports, also for what a
/// suspension withdrew. Its <c>StartMove</c> or <c>EndMove</c> follows, and until then their routes are closed.
/// </param>
public sealed record InstructionsReported(string Channel, IReadOnlyList<ReportRow> Rows, string? WithdrawnFor = null);

/// <param name="Outcome">
/// sent, accepted, in_doubt, settled, rejected, recalled, withdrawn or returned. Consumers treat an unknown word as a
/// fault.
/// </param>
/// <param name="Grade">Evidence grade A to D; only A and B free an obligation.</param>
/// <param name="Code">
/// The provider's own code, or one of <c>Words/ReportCodes</c>.
/// </param>
/// <param name="ProviderReference">The provider's reference, if it gave one.</param>
/// <param name="Sequence">Journal sequence of the submission; null if it never left.</param>
/// <param name="AmountMinor">Amount of the outcome; on a partial delivery less than ordered.</param>
public sealed record ReportRow(
    string InstructionId, [WordOf(typeof(ReportOutcomes))] string Outcome,
    [WordOf(typeof(EvidenceGrades))] string Grade, string Code, string? ProviderReference, long? Sequence,
    long AmountMinor, DateTimeOffset At);

/// <summary>The gate is closed: no instruction left or will leave after this sequence. Sent to Routing.</summary>
/// <param name="CommandNumber">The command that was applied. It proves nothing about a newer one.</param>
public sealed record ChannelFenced(string Channel, long Epoch, long CommandNumber, long LastSequence,
    DateTimeOffset At);

/// <summary>The gate is open. Sent to Routing.</summary>
/// <param name="CommandNumber">The command that was applied.</param>
public sealed record ChannelOpened(string Channel, long Epoch, long CommandNumber, DateTimeOffset At);

/// <summary>
/// What a channel's adapter can do over its connection, or why Providers cannot say. Answers <c>RegisterChannel</c>,
/// and is sent again when the connection's settings change. Sent to Routing.
/// </summary>
/// <param name="Abilities">Null when <paramref name="Refusal"/> says why they are not known.</param>
/// <param name="Refusal">
/// Code, colon and reason; null when <paramref name="Abilities"/> are there. <c>Words/AbilityRefusals</c> has codes.
/// </param>
/// <param name="At">Time of the declaration. A declaration older than the last is ignored.</param>
public sealed record ChannelAbilitiesDeclared(string Channel, DeclaredAbilities? Abilities, string? Refusal,
    DateTimeOffset At);

/// <summary>What one adapter can do over one connection.</summary>
/// <param name="Recall">The provider can be asked not to execute what it has accepted.</param>
/// <param name="StatusQuery">The provider can be asked what became of a payment.</param>
/// <param name="Bulk">The provider takes more than one payment in one call or file.</param>
/// <param name="Callback">The provider calls back over HTTP.</param>
/// <param name="Portability">
/// Accounts held at other providers are paid too, so payees of another channel can be paid over this one.
/// </param>
/// <param name="ValiditySeconds">How long after it was sent the provider may still pay an order.</param>
/// <param name="Instruments">What it pays into: mobile, bank, cash.</param>
/// <param name="DisclosedFields">
/// Personal data that an order discloses: household_id, name, alternate, account, area.
/// </param>
/// <param name="MaxPerPaymentMinor">The most that one payment may be, minor units; null for no maximum.</param>
public sealed record DeclaredAbilities(
    bool Recall, bool StatusQuery, bool Bulk, bool Callback, bool Portability, long ValiditySeconds,
    [WordOf(typeof(Instruments))] IReadOnlyList<string> Instruments,
    [WordOf(typeof(DisclosedFields))] IReadOnlyList<string> DisclosedFields, long? MaxPerPaymentMinor);

/// <summary>
/// The running answer to <c>StopScope</c>: what is known so far. Nothing that the stop covers leaves after
/// <paramref name="LastSequence"/>. Later answers only add. Sent to Routing.
/// </summary>
/// <param name="SwitchId">The switch, swi_..., or the suspension, sus_..., that stopped the scope.</param>
/// <param name="LastSequence">Of the channel's journal when the stop was set.</param>
/// <param name="At">When the stop was set.</param>
/// <param name="Withdrawn">Covered orders withdrawn for this stop; null until all are.</param>
/// <param name="RecallsAsked">Orders for which a recall is under way; null until all are asked.</param>
/// <param name="NotRecallable">
/// Sent, not final, and not asked back. They wait for the provider's report. Null until all are asked.
/// </param>
public sealed record ScopeStopped(
    string SwitchId, string Channel, long Epoch, long LastSequence, DateTimeOffset At, long? Withdrawn = null,
    long? RecallsAsked = null, long? NotRecallable = null);

/// <summary>Part of a provider's statement, at most 1,000 lines. Sent to Reconciliation.</summary>
public sealed record StatementChunk(string StatementId, string Channel, int Chunk, IReadOnlyList<StatementRow> Rows);

/// <param name="Line">From 1, as counted in the statement.</param>
/// <param name="InstructionId">
/// Text form ins_..., when the line carries our reference. Otherwise null, and the line is a break.
/// </param>
/// <param name="Kind">paid or returned.</param>
public sealed record StatementRow(
    int Line, string? InstructionId, [WordOf(typeof(StatementLineKinds))] string Kind, long AmountMinor,
    string Currency, DateOnly BookedOn, string? ProviderReference);

/// <summary>A statement was read whole. Sent to Reconciliation. May arrive before its last chunk.</summary>
/// <param name="PaidMinor">Sum of paid lines, minor units.</param>
/// <param name="ReturnedMinor">Sum of returned lines, minor units.</param>
/// <param name="Final">
/// Whether the provider declares that nothing executed before <paramref name="CoversUntil"/> is missing.
/// </param>
/// <param name="Sha256">Of the file as received, 64 hex digits.</param>
public sealed record StatementEnded(
    string StatementId,
    string Channel,
    int Chunks,
    long Lines,
    long PaidMinor,
    long ReturnedMinor,
    string Currency,
    bool Final,
    DateTimeOffset CoversUntil,
    string Sha256,
    string ImportedBy);
