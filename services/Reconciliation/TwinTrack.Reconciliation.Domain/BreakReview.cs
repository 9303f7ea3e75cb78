namespace TwinTrack.Reconciliation.Domain;

/// <summary>Why a break is closed, and the new verdict of its line, if it has one.</summary>
/// <param name="Line">The line with its new verdict; null when the break is the absence of a line.</param>
public sealed record BreakFinding(string Note, StatementLine? Line);

/// <summary>Checks an open break again with newer data. It closes only exact matches. People decide the rest.</summary>
public static class BreakReview
{
    public const string CaughtUp = "Our own state has caught up with the statement.";
    public const string Shown = "A later statement shows the payment.";
    public const string NoLongerSettled = "The payment is no longer held settled.";
    public const string AnotherKind = "Found to be a difference of another kind, which has a break of its own.";

    /// <summary>Whether later data can change the break. A duplicate line stays a break.</summary>
    public static bool CanChange(BreakKind kind) => kind != BreakKind.DuplicateLine;

    /// <param name="row">A break about an instruction.</param>
    /// <param name="lines">All judged lines about that instruction.</param>
    /// <param name="expectation">Of that instruction; null when there is none yet.</param>
    /// <returns>Null when nothing has changed.</returns>
    public static BreakFinding? Look(Break row, IEnumerable<StatementLine> lines, Expectation? expectation)
    {
        if (row.Kind == BreakKind.SettledNotOnStatement)
        {
            return lines.Any(line => line.Kind == LineKind.Paid) ? new BreakFinding(Shown, null)
                : expectation?.State != InstructionState.Settled ? new BreakFinding(NoLongerSettled, null)
                : null;
        }

        var line = lines.Single(line => line.StatementId == row.StatementId && line.Line == row.Line);
        var verdict = StatementLineRule.JudgeFirst(line, expectation);
        return verdict == line.Verdict ? null
            : new BreakFinding(verdict == LineVerdict.Matched ? CaughtUp : AnotherKind,
                line with { Verdict = verdict });
    }
}
