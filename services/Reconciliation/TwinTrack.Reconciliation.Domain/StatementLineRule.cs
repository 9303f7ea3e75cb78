namespace TwinTrack.Reconciliation.Domain;

/// <summary>
/// Compares a statement's line with our expectation. Any mismatch opens a break. Only a person or an exact later match
/// closes it.
/// </summary>
public static class StatementLineRule
{
    /// <param name="line">The line.</param>
    /// <param name="expectation">Of the line's instruction; null when there is none.</param>
    /// <param name="earlier">Lines about the same instruction that were judged before, on any statement.</param>
    public static LineVerdict Judge(StatementLine line, Expectation? expectation, IEnumerable<StatementLine> earlier)
    {
        if (expectation is null)
        {
            return LineVerdict.UnknownReference;
        }

        var alike = earlier.Where(other => other.Kind == line.Kind).ToArray();
        return IsShownAgain(line, alike) ? LineVerdict.Repeated
            : alike.Length > 0 ? LineVerdict.DuplicateLine
            : JudgeFirst(line, expectation);
    }

    /// <summary>
    /// The verdict for the first line of its kind about an instruction. It is checked again when our state has caught
    /// up.
    /// </summary>
    public static LineVerdict JudgeFirst(StatementLine line, Expectation? expectation) =>
        (line.Kind, expectation?.State) switch
        {
            (_, null) => LineVerdict.UnknownReference,
            // A returned payment was also paid.
            (LineKind.Paid, not (InstructionState.Settled or InstructionState.SettledLate
                or InstructionState.Returned)) => LineVerdict.PaidNotSettled,
            (LineKind.Returned, not InstructionState.Returned) => LineVerdict.ReturnedNotBooked,
            _ => line.Currency == expectation!.Currency && line.AmountMinor == expectation.DeliveredMinor
                ? LineVerdict.Matched : LineVerdict.AmountDiffers,
        };

    /// <summary>Statements may overlap. Two equal lines on one statement are still two bookings.</summary>
    private static bool IsShownAgain(StatementLine line, StatementLine[] alike)
    {
        var same = alike.Where(other => other.IsSameBooking(line))
            .ToLookup(other => other.StatementId == line.StatementId);
        var before = same[false].GroupBy(other => other.StatementId).Select(group => group.Count()).DefaultIfEmpty(0)
            .Max();
        return before > same[true].Count();
    }
}
