using System.Text.Json;
using System.Text.Json.Serialization;
using TwinTrack.Kernel;

namespace TwinTrack.Reconciliation.Domain;

/// <summary>The figures of a certified batch that later events can change.</summary>
public sealed record CertifiedFigures(
    BatchTotal Settled, BatchTotal Unpaid, BatchTotal NoInstruction, BatchTotal FollowedUp, BatchTotal Undelivered,
    long SettledTwice, BatchLedger Ledger, IReadOnlyList<IncidentTotal> Incidents)
{
    public static CertifiedFigures Of(BatchFigures figures) => new(
        figures.Settled, figures.Unpaid, figures.NoInstruction, figures.FollowedUp, figures.Undelivered,
        figures.SettledTwice, figures.Ledger, figures.Incidents);

    /// <summary>An older certificate has no count of what was followed up: there were no follow-ups.</summary>
    public static CertifiedFigures Of(Certificate certificate) => new(
        certificate.Settled, certificate.Unpaid, certificate.NoInstruction,
        certificate.FollowedUp ?? new BatchTotal(0, 0), certificate.Undelivered, certificate.SettledTwice,
        certificate.Ledger, certificate.Incidents);

    /// <summary>What differs from earlier figures. Empty when nothing does.</summary>
    public IReadOnlyList<FigureChange> Since(CertifiedFigures before) =>
    [
        .. new[]
        {
            Change("settled", before.Settled, Settled),
            Change("unpaid", before.Unpaid, Unpaid),
            Change("noInstruction", before.NoInstruction, NoInstruction),
            Change("followedUp", before.FollowedUp, FollowedUp),
            Change("undelivered", before.Undelivered, Undelivered),
            new FigureChange("settledTwice", SettledTwice - before.SettledTwice, 0),
            new FigureChange("ledger.committed", 0, Ledger.CommittedMinor - before.Ledger.CommittedMinor),
            new FigureChange("ledger.inFlight", 0, Ledger.InFlightMinor - before.Ledger.InFlightMinor),
            new FigureChange("ledger.disbursed", 0, Ledger.DisbursedMinor - before.Ledger.DisbursedMinor),
            new FigureChange("ledger.stillCommitted", 0,
                Ledger.StillCommittedMinor - before.Ledger.StillCommittedMinor),
        }.Concat(IncidentChanges(before)).Where(change => change.Count != 0 || change.SumMinor != 0),
    ];

    private static FigureChange Change(string figure, BatchTotal before, BatchTotal after) =>
        new(figure, after.Count - before.Count, after.SumMinor - before.SumMinor);

    private IEnumerable<FigureChange> IncidentChanges(CertifiedFigures before)
    {
        var keys = Incidents.Concat(before.Incidents).Select(one => (one.Kind, one.FundingSource)).Distinct()
            .OrderBy(key => key.Kind, StringComparer.Ordinal).ThenBy(key => key.FundingSource, StringComparer.Ordinal);
        foreach (var (kind, source) in keys)
        {
            var (was, now) = (Of(before.Incidents, kind, source), Of(Incidents, kind, source));
            var name = $"incidents.{kind}.{source}";
            yield return new FigureChange($"{name}.loss", now.Count - was.Count, now.LossMinor - was.LossMinor);
            yield return new FigureChange($"{name}.recovered", 0, now.RecoveredMinor - was.RecoveredMinor);
            yield return new FigureChange($"{name}.writtenOff", 0, now.WrittenOffMinor - was.WrittenOffMinor);
            yield return new FigureChange($"{name}.owed", 0, now.OwedMinor - was.OwedMinor);
            yield return new FigureChange($"{name}.givenBack", 0, now.GivenBackMinor - was.GivenBackMinor);
            yield return new FigureChange($"{name}.stands", 0, now.StandsMinor - was.StandsMinor);
            yield return new FigureChange($"{name}.risked", 0, now.RiskedMinor - was.RiskedMinor);
            yield return new FigureChange($"{name}.riskEnded", 0, now.RiskEndedMinor - was.RiskEndedMinor);
        }
    }

    private static IncidentTotal Of(IReadOnlyList<IncidentTotal> incidents, string kind, string source) =>
        incidents.SingleOrDefault(one => (one.Kind, one.FundingSource) == (kind, source))
        ?? new IncidentTotal(kind, source, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}

/// <summary>A figure of a certificate that has changed, and by how much.</summary>
/// <param name="Figure">Its name in the certificate.</param>
/// <param name="Count">The change of the count.</param>
/// <param name="SumMinor">The change of the amount, minor units.</param>
public sealed record FigureChange(string Figure, long Count, long SumMinor);

/// <summary>
/// What has changed in a certified batch since its certificate, or since the addendum before. The certificate itself
/// never changes. Its figures with the changes of all addenda are the batch's figures now.
/// </summary>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="PreviousHash">Of the addendum before, or of the certificate; 64 hex digits.</param>
/// <param name="Figures">After these changes.</param>
public sealed record Addendum(
    string BatchId, int Number, string PreviousHash, IReadOnlyList<FigureChange> Changes, CertifiedFigures Figures,
    string SignedBy, DateTimeOffset SignedAt)
{
    private static readonly JsonSerializerOptions Canonical = new(
        JsonSerializerDefaults.Web)
    { Converters = { new JsonStringEnumConverter() } };

    private static readonly string[] Commitments = ["ledger.committed", "ledger.stillCommitted"];

    /// <summary>
    /// The next addendum of a batch. Null when its figures are those that were signed last. A change of the commitments
    /// alone is none. The closing of a batch gives back what it did not pay.
    /// </summary>
    /// <param name="before">The figures of the certificate, or of the last addendum.</param>
    public static Addendum? Next(string batch, int lastNumber, string lastHash, CertifiedFigures before,
        CertifiedFigures now, Actor actor, DateTimeOffset at) =>
        now.Since(before) is var changes && changes.Any(change => !Commitments.Contains(change.Figure))
            ? new Addendum(batch, lastNumber + 1, lastHash, changes, now, actor.ToString(), at) : null;

    /// <summary>Its fields in the order above, camelCase, without white space. Hashed as a certificate is.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Canonical);

    public static Addendum Read(string json) => JsonSerializer.Deserialize<Addendum>(json, Canonical)!;
}
