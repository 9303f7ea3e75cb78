using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using TwinTrack.Kernel;

namespace TwinTrack.Reconciliation.Domain;

/// <param name="Id">Text form, sta_... .</param>
/// <param name="Sha256">Of the file as received.</param>
public sealed record CertifiedStatement(string Id, string Channel, string Sha256, long Lines, long PaidMinor,
    long ReturnedMinor);

/// <summary>Differences that people closed.</summary>
public sealed record CertifiedBreaks(long Resolved, long WrittenOff);

/// <summary>
/// Certifies that a batch adds up, with figures that can be compared with the statements. Plain types keep its JSON
/// stable.
/// </summary>
public sealed record Certificate(
    string BatchId,
    string CycleId,
    string Programme,
    string Currency,
    string ContentHash,
    BatchTotal Obligations,
    BatchTotal Settled,
    BatchTotal Unpaid,
    BatchTotal NoInstruction,
    BatchTotal? FollowedUp,
    BatchTotal Undelivered,
    long SettledTwice,
    IReadOnlyList<StateTotal> ByState,
    IReadOnlyList<TrackTotal> ByTrack,
    IReadOnlyList<SourceTotal> ByFundingSource,
    IReadOnlyList<CertifiedStatement> Statements,
    CertifiedBreaks Breaks,
    BatchLedger Ledger,
    long LedgerSumMinor,
    IReadOnlyList<IncidentTotal> Incidents,
    string CertifiedBy,
    DateTimeOffset CertifiedAt)
{
    private static readonly JsonSerializerOptions Canonical = new(
        JsonSerializerDefaults.Web)
    { Converters = { new JsonStringEnumConverter() } };

    /// <summary>Built from the figures alone. Call <see cref="BatchFigures.NotYet"/> first.</summary>
    public static Certificate Of(
        ReleasedBatch batch, BatchFigures figures, IReadOnlyList<CertifiedStatement> statements, CertifiedBreaks breaks,
        Actor actor, DateTimeOffset at) => new(
        batch.Id.Text,
        batch.CycleId.Text,
        batch.Programme,
        batch.Currency,
        batch.ContentHash,
        figures.Obligations,
        figures.Settled,
        figures.Unpaid,
        figures.NoInstruction,
        figures.FollowedUp,
        figures.Undelivered,
        figures.SettledTwice,
        figures.ByState,
        figures.ByTrack,
        figures.ByFundingSource,
        statements,
        breaks,
        figures.Ledger,
        figures.LedgerSumMinor,
        figures.Incidents,
        actor.ToString(),
        at);

    /// <summary>Its fields in the order above, camelCase, without white space.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Canonical);

    public static Certificate Read(string json) => JsonSerializer.Deserialize<Certificate>(json, Canonical)!;

    /// <summary>SHA-256 of the JSON's UTF-8 bytes, 64 hex digits.</summary>
    public static string HashOf(string json) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)));
}
