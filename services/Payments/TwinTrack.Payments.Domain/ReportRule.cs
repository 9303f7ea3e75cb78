using static TwinTrack.Payments.Domain.InstructionState;
using static TwinTrack.Payments.Domain.InstructionTrigger;

namespace TwinTrack.Payments.Domain;

/// <summary>How a report contradicts what was known. People must resolve each of these.</summary>
public enum Contradiction
{
    None,

    /// <summary>Paid after evidence had proved that it would not be paid. The obligation may be paid twice.</summary>
    LateSuccess,

    /// <summary>
    /// Two reports of the provider, or a report and the journal, cannot both be true. No state follows from this.
    /// </summary>
    ConflictingReports,

    /// <summary>More came back than was delivered.</summary>
    ReturnedTwice,

    /// <summary>Paid after two parties had given it up without evidence.</summary>
    ForcedLoss,
}

/// <summary>What one report does to one instruction.</summary>
/// <param name="Steps">States entered, in order; empty when nothing changes.</param>
/// <param name="SettledMinor">Delivered so far, minor units.</param>
public sealed record ReportEffect(IReadOnlyList<InstructionState> Steps, long SettledMinor, Contradiction Contradiction)
{
    public bool Changes => Steps.Count > 0;
}

/// <summary>
/// Applies reports that may be repeated, late or out of order. A late report never undoes a final state. A report that
/// does not fit is named as a contradiction, never dropped.
/// </summary>
public static class ReportRule
{
    /// <param name="state">The instruction's state.</param>
    /// <param name="orderedMinor">What was ordered, minor units; above zero.</param>
    /// <param name="settledMinor">The amount known to be delivered, minor units; zero before settlement.</param>
    /// <param name="trigger">What the report means (<see cref="EvidenceRule"/>).</param>
    /// <param name="reportedMinor">The reported amount, minor units.</param>
    public static ReportEffect Apply(InstructionState state, long orderedMinor, long settledMinor,
        InstructionTrigger trigger, long reportedMinor)
    {
        // An amount of zero proves neither a payment nor a return.
        var meant = trigger is Settle or Return && reportedMinor <= 0 ? LoseTrack : trigger;
        if (meant == Return && PaidBefore(state) is { } paid)
        {
            var delivered = paid.Length == 0 ? settledMinor : orderedMinor;
            return CameBack(paid, orderedMinor, delivered, reportedMinor);
        }

        if (InstructionLifecycle.Table.Allows(state, meant))
        {
            var next = InstructionLifecycle.Table.Next(state, meant)
                .Match(to => to, no => throw new InvalidOperationException(no.Reason));
            var paysTooMuch = meant == Settle && reportedMinor > orderedMinor;
            var contradiction = next == SettledLate
                ? Contradiction.ForcedLoss : paysTooMuch ? Contradiction.ConflictingReports : Contradiction.None;
            return new ReportEffect([next], meant == Settle ? reportedMinor : settledMinor, contradiction);
        }

        return new ReportEffect([], settledMinor, ContradictionIn(state, settledMinor, meant, reportedMinor));
    }

    /// <summary>
    /// The states that money which came back has passed: it was paid before. So the two reports arrived in the wrong
    /// order. Empty when the payment is known already; null where no payment can be meant.
    /// </summary>
    private static InstructionState[]? PaidBefore(InstructionState state) => state switch
    {
        Released or Sent or Accepted or InDoubt => [Settled],
        Abandoned => [SettledLate],
        Settled or SettledLate => [],
        _ => null,
    };

    /// <summary>
    /// Only the whole delivered amount ends the payment. After a part of it the recipient still holds the rest, so
    /// nothing is freed and people look. A return that names no amount is reported with the ordered amount.
    /// </summary>
    private static ReportEffect CameBack(
        InstructionState[] paid, long orderedMinor, long deliveredMinor, long reportedMinor)
    {
        if (reportedMinor < deliveredMinor)
        {
            return new ReportEffect(paid, deliveredMinor,
                paid is [SettledLate] ? Contradiction.ForcedLoss : Contradiction.ConflictingReports);
        }

        var tooMuch = reportedMinor > deliveredMinor && reportedMinor != orderedMinor;
        return new ReportEffect(
            [.. paid, Returned], deliveredMinor, tooMuch ? Contradiction.ReturnedTwice : Contradiction.None);
    }

    private static Contradiction ContradictionIn(
        InstructionState state, long settledMinor, InstructionTrigger trigger, long reportedMinor) =>
        (state, trigger) switch
        {
            (Rejected or Recalled or Withdrawn, Settle) => Contradiction.LateSuccess,
            // A repeated report of the payment that came back has the same amount.
            (Returned, Settle) when reportedMinor != settledMinor => Contradiction.LateSuccess,
            (Rejected or Recalled or Withdrawn, Return) => Contradiction.ConflictingReports,
            (Withdrawn, Send or Accept) => Contradiction.ConflictingReports,
            (Settled or SettledLate, Reject or Recall or Withdraw) => Contradiction.ConflictingReports,
            (Settled or SettledLate, Settle) when reportedMinor != settledMinor => Contradiction.ConflictingReports,
            // A repeated report of one return has the same amount.
            (Returned, Return) when reportedMinor > 0 && reportedMinor != settledMinor => Contradiction.ReturnedTwice,
            (Sent or Accepted or InDoubt or Abandoned, Withdraw) => Contradiction.ConflictingReports,
            _ => Contradiction.None,
        };
}
