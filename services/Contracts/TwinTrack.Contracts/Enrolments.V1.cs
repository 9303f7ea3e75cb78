using TwinTrack.Contracts.Words;

namespace TwinTrack.Contracts.Enrolments.V1;

/// <summary>
/// Part of a programme's caseload for one cycle, at most 1,000 households. Sent to Entitlements. Carries no personal
/// data.
/// </summary>
/// <param name="CycleId">Text form, cyc_... .</param>
/// <param name="Chunk">From 0, without gaps; the same chunk always holds the same households.</param>
public sealed record CaseloadChunk(string CycleId, int Chunk, IReadOnlyList<CaseloadRow> Rows);

/// <param name="HouseholdId">Text form, hh_... .</param>
/// <param name="Area">P-code of the household's area.</param>
/// <param name="Instrument">mobile, bank or cash.</param>
/// <param name="PayeeFingerprint">Keyed hash of payee name, instrument and account. 64 hex digits.</param>
/// <param name="Members">People in the household.</param>
/// <param name="ChildrenUnder5">Members younger than five years on the cycle's day.</param>
public sealed record CaseloadRow(
    string HouseholdId, string Area, [WordOf(typeof(Instruments))] string Instrument, string PayeeFingerprint,
    int Members, int ChildrenUnder5);

/// <summary>The caseload has been streamed whole. Sent to Entitlements. May arrive before its last chunk.</summary>
/// <param name="Chunks">How many chunks there are.</param>
/// <param name="Rows">How many households they hold together.</param>
public sealed record CaseloadEnded(string CycleId, int Chunks, long Rows);

/// <summary>The payee and account of each household of one caseload chunk. Sent to Providers only.</summary>
public sealed record PayeeChunk(string CycleId, int Chunk, IReadOnlyList<PayeeRow> Rows);

/// <param name="HouseholdId">Text form, hh_... .</param>
/// <param name="Fingerprint">
/// As in <see cref="CaseloadRow"/>. Made of <c>name|instrument|account|bankBic</c> under the shared key; a missing part
/// is empty. With it Providers checks that the sealed payee is the approved payee.
/// </param>
/// <param name="Sealed">
/// Base64 of the payee encrypted under the key that Enrolments and Providers share. The plain text is UTF-8 JSON:
/// <c>{"registryId","name","instrument","account","bankBic","alternate"}</c>.
/// </param>
public sealed record PayeeRow(string HouseholdId, string Fingerprint, string Sealed);
