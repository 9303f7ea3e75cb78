using TwinTrack.Contracts.Words;

namespace TwinTrack.Contracts.Entitlements.V1;

/// <summary>
/// Asks Enrolments for the caseload of one cycle. Sent by Entitlements when a cycle opens; asking again streams nothing
/// new.
/// </summary>
/// <param name="Programme">The programme's code.</param>
/// <param name="AsOf">The day on which ages are counted.</param>
public sealed record RequestCaseload(string CycleId, string Programme, DateOnly AsOf);

/// <summary>Part of a closed cycle's entitlements, at most 1,000. Sent to Payments.</summary>
public sealed record EntitlementChunk(string CycleId, int Chunk, IReadOnlyList<EntitlementRow> Rows);

/// <param name="EntitlementId">Text form, ent_... .</param>
/// <param name="Component">base, or the name of a top-up or of arrears.</param>
/// <param name="AmountMinor">Minor units of the cycle's currency; above zero.</param>
/// <param name="FundingSource">Code of the source that pays this component.</param>
public sealed record EntitlementRow(
    string EntitlementId,
    string HouseholdId,
    string Component,
    long AmountMinor,
    string Area,
    [WordOf(typeof(Instruments))] string Instrument,
    string PayeeFingerprint,
    string FundingSource);

/// <summary>A cycle's entitlements are final. Sent to Payments and Routing. May arrive before its last chunk.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="SumMinor">Of all rows, minor units.</param>
/// <param name="Hash">
/// SHA-256, 64 hex digits, over the lines <c>entitlement id|amount</c> in order of id, each ended by a line feed.
/// </param>
public sealed record CycleClosed(
    string CycleId,
    string Programme,
    string Period,
    string Currency,
    int Chunks,
    long Count,
    long SumMinor,
    string Hash,
    string ClosedBy,
    DateTimeOffset ClosedAt);
