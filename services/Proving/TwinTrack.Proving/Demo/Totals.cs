using System.Text.Json;
using System.Text.Json.Serialization;
using TwinTrack.Cli.Remote;
using TwinTrack.Cli.Showing;

namespace TwinTrack.Proving.Demo;

/// <param name="Minor">Minor units of the demonstration's currency.</param>
internal sealed record CountAndMinor(long Count, long Minor)
{
    public static CountAndMinor Of(JsonElement? row) => new(row?.Number("count") ?? 0, row?.Number("minor") ?? 0);
}

internal sealed record MovedByEvidence(long NeverSent, long Rejected, long Recalled, long Returned);

/// <summary>What a scenario's line expected, and what was found.</summary>
/// <param name="Line">Of the file, from 1.</param>
internal sealed record Expected(int Line, string Text, long Found, bool Holds)
{
    public override string ToString() =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"line {Line}: {Text}: found {Found}");
}

/// <summary>How the demonstration ends: the object that <c>--json</c> prints.</summary>
/// <param name="RowsRejected">Rows of the registry file, one a member.</param>
/// <param name="Duplicates">Households that came twice, and households held because they share an account.</param>
/// <param name="Unpaid">Counts by reason.</param>
/// <param name="HeldInDoubt">Not moved at the switch, because it was unknown whether they were paid.</param>
/// <param name="LateSuccess">Those of them that were paid on Track 1 after all.</param>
/// <param name="PaidTwice">From the providers' books; see <see cref="ProviderLedgerComparison"/>.</param>
/// <param name="Lost">From the providers' books; see <see cref="ProviderLedgerComparison"/>.</param>
/// <param name="Fails">Sums that do not hold; empty when all do.</param>
internal sealed record Totals(
    int Households,
    long RowsRejected,
    long Duplicates,
    long Obligations,
    long EntitledMinor,
    string Currency,
    CountAndMinor SettledTrack1,
    CountAndMinor SettledTrack2,
    CountAndMinor InDoubt,
    IReadOnlyDictionary<string, long> Unpaid,
    MovedByEvidence MovedByEvidence,
    long HeldInDoubt,
    long LateSuccess,
    long PaidTwice,
    long Lost,
    long LedgerSum,
    long BreaksOpen,
    bool AuditVerified,
    double Seconds,
    int Seed,
    IReadOnlyList<string> Fails)
{
    /// <summary>The scenario that was run; null in the demonstration.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Scenario { get; init; }

    /// <summary>What its lines expected; null in the demonstration.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Expected>? Expects { get; init; }

    [JsonIgnore]
    public bool Hold => Fails.Count == 0;

    /// <summary>A report's unpaid, by reason.</summary>
    public static IEnumerable<(string Reason, CountAndMinor Sum)> UnpaidOf(JsonElement report) =>
        report.At("unpaid") is { ValueKind: JsonValueKind.Object } unpaid
            ? unpaid.EnumerateObject().Select(reason => (reason.Name, CountAndMinor.Of(reason.Value)))
            : [];

    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public void Tell(Story story)
    {
        story.Chapter("Totals");
        story.Say($"obligations {Story.Number(Obligations),12}   {Story.Number(EntitledMinor),16} {Currency}");
        story.Say(
            $"on Track 1  {Story.Number(SettledTrack1.Count),12}   {Story.Number(SettledTrack1.Minor),16} {Currency}");
        story.Say(
            $"on Track 2  {Story.Number(SettledTrack2.Count),12}   {Story.Number(SettledTrack2.Minor),16} {Currency}");
        story.Say($"in doubt    {Story.Number(InDoubt.Count),12}   {Story.Number(InDoubt.Minor),16} {Currency}");
        foreach (var (reason, count) in Unpaid)
        {
            story.Say($"unpaid      {Story.Number(count),12}   {reason}");
        }

        story.Say(
            $"moved by evidence: never sent {Story.Number(MovedByEvidence.NeverSent)}, rejected "
                + $"{Story.Number(MovedByEvidence.Rejected)}, "
            + $"recalled {Story.Number(MovedByEvidence.Recalled)}, returned {Story.Number(MovedByEvidence.Returned)}; "
                + $"held in doubt {Story.Number(HeldInDoubt)}, late success {Story.Number(LateSuccess)}");
        story.Say(
            Invariant($"paidTwice {PaidTwice}, lost {Lost} (from the providers' own books), ledgerSum {LedgerSum}, ")
                + Invariant($"breaksOpen {BreaksOpen}, auditVerified {(AuditVerified ? "true" : "false")}, ")
                + Invariant($"{Seconds:0.0} s"));
        if (Expects is { Count: > 0 } expects)
        {
            story.Say($"expected {expects.Count}, of which {expects.Count(one => one.Holds)} are so");
        }

        foreach (var fail in Fails)
        {
            story.Say("DOES NOT HOLD: " + fail);
        }
    }
}
