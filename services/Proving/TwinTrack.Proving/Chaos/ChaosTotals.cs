using System.Text.Json;
using System.Text.Json.Serialization;
using TwinTrack.Cli.Showing;

namespace TwinTrack.Proving.Chaos;

/// <summary>How a run ends: the object that <c>--json</c> prints.</summary>
/// <param name="Kills">kill -9 of a program.</param>
/// <param name="Restarts">Orderly ends and new starts.</param>
/// <param name="FellOver">Programs that ended by themselves, and were started again.</param>
/// <param name="Cuts">Connections that were reset.</param>
/// <param name="Spoilt">Times that a way was cut, swallowed, slowed or refused.</param>
/// <param name="Redelivered">Messages sent again after their effect was committed.</param>
/// <param name="Shuffled">Messages made late, to be overtaken.</param>
/// <param name="DiskFills">Times that the disk was full.</param>
/// <param name="Missed">
/// Faults that were not done, because what they were to break was still coming up, or its database was away.
/// </param>
/// <param name="Cycles">Paid and certified.</param>
/// <param name="Payments">Obligations of these cycles.</param>
/// <param name="PaidTwice">From the providers' books: paid more than their due, or not due at all.</param>
/// <param name="Lost">From the providers' books: not paid, and nobody says why.</param>
/// <param name="LedgerSum">Zero, or the books do not balance.</param>
/// <param name="DeadLettered">Messages that were given up and that a retry did not heal.</param>
/// <param name="SecondsToQuiet">
/// From the end of the last fault until the last cycle was certified and nothing moved any more.
/// </param>
/// <param name="AuditVerified">Every chain computed again.</param>
/// <param name="Fails">What does not hold; empty when all does.</param>
internal sealed record ChaosTotals(
    int Seed,
    double Minutes,
    int Kills,
    int Restarts,
    int FellOver,
    long Cuts,
    int Spoilt,
    int Redelivered,
    int Shuffled,
    int DiskFills,
    int Missed,
    int Cycles,
    long Payments,
    long PaidTwice,
    long Lost,
    long LedgerSum,
    long DeadLettered,
    double SecondsToQuiet,
    bool AuditVerified,
    IReadOnlyList<string> Fails)
{
    [JsonIgnore]
    public bool Hold => Fails.Count == 0;

    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public void Tell(Story story)
    {
        story.Chapter(Hold ? "Survived" : "BROKEN");
        story.Say(
            Invariant($"{Kills} kills, {Restarts} restarts, {Cuts} connections cut in {Spoilt} spoilt ways, ")
                + Invariant($"{Redelivered} messages delivered again, {Shuffled} made late, ")
            + Invariant($"{DiskFills} full disks; {FellOver} programs fell over by themselves"));
        story.Say(
            Invariant($"{Cycles} cycles with {Story.Number(Payments)} payments: paidTwice {PaidTwice}, lost {Lost} ")
                + Invariant($"(from the providers' own books), ledgerSum {LedgerSum}, ")
            + Invariant($"deadLettered {DeadLettered}, auditVerified {(AuditVerified ? "true" : "false")}, quiet ")
                + Invariant($"{SecondsToQuiet:0.0} s after the last fault"));
        foreach (var fail in Fails)
        {
            story.Say("DOES NOT HOLD: " + fail);
        }

        if (!Hold)
        {
            story.Say(Invariant($"again with --seed {Seed}"));
        }
    }
}
