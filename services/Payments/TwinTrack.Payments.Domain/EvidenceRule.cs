using System.Collections.Frozen;

namespace TwinTrack.Payments.Domain;

/// <summary>How much a report proves (protocols §0). Only A and B can free an obligation.</summary>
public enum Grade
{
    /// <summary>Never executed, final.</summary>
    A,

    /// <summary>Executed and undone: the money is booked back.</summary>
    B,

    /// <summary>A promise; nothing final.</summary>
    C,

    /// <summary>No information.</summary>
    D,
}

/// <summary>What a reported word means, by grade. The one place where words become triggers.</summary>
public static class EvidenceRule
{
    /// <summary>
    /// Word and grade to trigger. A word that would free an obligation does so on A and B alone; on C and D it only
    /// proves that we do not know. A settlement on a promise is an acknowledgement, and on nothing is a doubt.
    /// </summary>
    public static readonly IReadOnlyList<(string Outcome, Grade Grade, InstructionTrigger Trigger)> Table =
    [
        .. AnyGrade("sent", InstructionTrigger.Send),
        .. AnyGrade("accepted", InstructionTrigger.Accept),
        .. AnyGrade("in_doubt", InstructionTrigger.LoseTrack),
        ("settled", Grade.A, InstructionTrigger.Settle),
        ("settled", Grade.B, InstructionTrigger.Settle),
        ("settled", Grade.C, InstructionTrigger.Accept),
        ("settled", Grade.D, InstructionTrigger.LoseTrack),
        .. Freeing("rejected", InstructionTrigger.Reject),
        .. Freeing("recalled", InstructionTrigger.Recall),
        .. Freeing("withdrawn", InstructionTrigger.Withdraw),
        .. Freeing("returned", InstructionTrigger.Return),
    ];

    private static readonly FrozenDictionary<(string, Grade), InstructionTrigger> Meanings =
        Table.ToFrozenDictionary(row => (row.Outcome, row.Grade), row => row.Trigger);

    /// <exception cref="FormatException">A word or grade that the contract does not know: a fault, never a
    /// default.</exception>
    public static InstructionTrigger TriggerOf(string outcome, string grade) =>
        Enum.TryParse<Grade>(grade, out var known) && known.ToString() == grade
            && Meanings.TryGetValue((outcome, known), out var trigger)
            ? trigger
            : throw new FormatException($"Unknown report '{outcome}' of grade '{grade}'.");

    private static IEnumerable<(string, Grade, InstructionTrigger)> AnyGrade(
        string outcome, InstructionTrigger trigger) =>
        Enum.GetValues<Grade>().Select(grade => (outcome, grade, trigger));

    private static (string, Grade, InstructionTrigger)[] Freeing(string outcome, InstructionTrigger trigger) =>
    [
        (outcome, Grade.A, trigger),
        (outcome, Grade.B, trigger),
        (outcome, Grade.C, InstructionTrigger.LoseTrack),
        (outcome, Grade.D, InstructionTrigger.LoseTrack),
    ];
}
