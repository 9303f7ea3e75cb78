using static TwinTrack.Payments.Domain.InstructionState;
using static TwinTrack.Payments.Domain.InstructionTrigger;

namespace TwinTrack.Payments.Domain;

/// <summary>What must be seen to by people when a report contradicts what was known.</summary>
public enum Contradiction
{
    None,

    /// <summary>Paid after it was proved that it would not be: the obligation may be paid twice.</summary>
    LateSuccess,

    /// <summary>
    /// Two words of the provider, or the provider's and our journal's, cannot both be true. No state follows from it.
    /// </summary>
    TwoWords,

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
/// Applies reports that may be repeated, late or out of order. Final states absorb: nothing is ever taken back because
/// a word came late, and whatever does not fit is named instead of dropped.
/// </summary>
public static class ReportRule
{
    /// <param name="state">The instruction's state.</param>
    /// <param name="orderedMinor">What was ordered, minor units; above zero.</param>
    /// <param name="settledMinor">What is known to be delivered, minor units; zero before settlement.</param>
    /// <param name="trigger">What the report means (<see cref="EvidenceRule"/>).</param>
    /// <param name="reportedMinor">What the report is about, minor units.</param>
    public static ReportEffect Apply(InstructionState state, long orderedMinor, long settledMinor,
        InstructionTrigger trigger, long reportedMinor)
    {
        // A payment of nothing is no payment, and no proof of the opposite either.
        var meant = trigger == Settle && reportedMinor <= 0 ? LoseTrack : trigger;
        if (meant == Return && state is Released or Sent or Accepted or InDoubt)
        {
            // Money that came back had been paid; the two reports only overtook each other.
            return new ReportEffect([Settled, Returned], orderedMinor, Contradiction.None);
        }

        if (meant == Return && state == Abandoned)
        {
            return new ReportEffect([SettledLate, Returned], orderedMinor, Contradiction.None);
        }

        if (InstructionLifecycle.Table.Allows(state, meant))
        {
            var next = InstructionLifecycle.Table.Next(state, meant)
                .Match(to => to, no => throw new InvalidOperationException(no.Reason));
            var paysTooMuch = meant == Settle && reportedMinor > orderedMinor;
            var contradiction = next == SettledLate
                ? Contradiction.ForcedLoss : paysTooMuch ? Contradiction.TwoWords : Contradiction.None;
            return new ReportEffect([next], meant == Settle ? reportedMinor : settledMinor, contradiction);
        }

        return new ReportEffect([], settledMinor, ContradictionIn(state, settledMinor, meant, reportedMinor));
    }

    private static Contradiction ContradictionIn(
        InstructionState state, long settledMinor, InstructionTrigger trigger, long reportedMinor) =>
        (state, trigger) switch
    {
        (Rejected or Recalled or Withdrawn, Settle) => Contradiction.LateSuccess,
        (Rejected or Recalled or Withdrawn, Return) => Contradiction.TwoWords,
        (Withdrawn, Send or Accept) => Contradiction.TwoWords,
        (Settled or SettledLate, Reject or Recall or Withdraw) => Contradiction.TwoWords,
        (Settled or SettledLate, Settle) when reportedMinor != settledMinor => Contradiction.TwoWords,
        // The same return told again has the same amount.
        (Returned, Return) when reportedMinor > 0 && reportedMinor != settledMinor => Contradiction.ReturnedTwice,
        (Sent or Accepted or InDoubt or Abandoned, Withdraw) => Contradiction.TwoWords,
        _ => Contradiction.None,
    };
}
