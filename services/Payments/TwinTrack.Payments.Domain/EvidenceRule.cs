using System.Collections.Frozen;
using TwinTrack.Kernel;

namespace TwinTrack.Payments.Domain;

/// <summary>How much a report proves. Only A and B can free an obligation.</summary>
public enum Grade
{
    /// <summary>Final: paid, or never to be executed.</summary>
    A,

    /// <summary>Executed and undone: the money is booked back.</summary>
    B,

    /// <summary>A promise; nothing final.</summary>
    C,

    /// <summary>No information.</summary>
    D,
}

/// <summary>What Providers reports of an instruction; bound to <c>Contracts/Words/ReportOutcomes</c>.</summary>
public enum ReportOutcome
{
    Sent,
    Accepted,
    InDoubt,
    Settled,
    Rejected,
    Recalled,
    Withdrawn,
    Returned,
}

/// <summary>What a reported outcome means at each grade. Only here do outcomes become triggers.</summary>
public static class EvidenceRule
{
    /// <summary>
    /// The trigger for each outcome and grade. An outcome that frees an obligation needs grade A or B. On C and D the
    /// payment goes into doubt instead. A settlement on C counts as an acknowledgement, on D as a doubt.
    /// </summary>
    public static readonly IReadOnlyList<(ReportOutcome Outcome, Grade Grade, InstructionTrigger Trigger)> Table =
    [
        .. AnyGrade(ReportOutcome.Sent, InstructionTrigger.Send),
        .. AnyGrade(ReportOutcome.Accepted, InstructionTrigger.Accept),
        .. AnyGrade(ReportOutcome.InDoubt, InstructionTrigger.LoseTrack),
        (ReportOutcome.Settled, Grade.A, InstructionTrigger.Settle),
        (ReportOutcome.Settled, Grade.B, InstructionTrigger.Settle),
        (ReportOutcome.Settled, Grade.C, InstructionTrigger.Accept),
        (ReportOutcome.Settled, Grade.D, InstructionTrigger.LoseTrack),
        .. Freeing(ReportOutcome.Rejected, InstructionTrigger.Reject),
        .. Freeing(ReportOutcome.Recalled, InstructionTrigger.Recall),
        .. Freeing(ReportOutcome.Withdrawn, InstructionTrigger.Withdraw),
        .. Freeing(ReportOutcome.Returned, InstructionTrigger.Return),
    ];

    private static readonly FrozenDictionary<(ReportOutcome, Grade), InstructionTrigger> Meanings =
        Table.ToFrozenDictionary(row => (row.Outcome, row.Grade), row => row.Trigger);

    /// <exception cref="FormatException">
    /// The contract does not know the outcome or the grade. No default is used.
    /// </exception>
    public static InstructionTrigger TriggerOf(string outcome, string grade) =>
        Meanings[(Word.Parse<ReportOutcome>(outcome, "rows.outcome"), Word.Parse<Grade>(grade, "rows.grade"))];

    private static IEnumerable<(ReportOutcome, Grade, InstructionTrigger)> AnyGrade(
        ReportOutcome outcome, InstructionTrigger trigger) =>
        Enum.GetValues<Grade>().Select(grade => (outcome, grade, trigger));

    private static (ReportOutcome, Grade, InstructionTrigger)[] Freeing(
        ReportOutcome outcome, InstructionTrigger trigger) =>
    [
        (outcome, Grade.A, trigger),
        (outcome, Grade.B, trigger),
        (outcome, Grade.C, InstructionTrigger.LoseTrack),
        (outcome, Grade.D, InstructionTrigger.LoseTrack),
    ];
}
