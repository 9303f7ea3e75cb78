using TwinTrack.Kernel;
using static TwinTrack.Providers.Domain.PaymentOrderState;

namespace TwinTrack.Providers.Domain;

/// <summary>The outcomes reported to Payments; bound to <c>Contracts/Words/ReportOutcomes</c>.</summary>
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

/// <summary>The effect of a verdict on one order.</summary>
/// <param name="State">The state afterwards.</param>
/// <param name="Reports">Outcomes to report to Payments, in this order; empty when nothing was learned.</param>
/// <param name="Contradicts">
/// The verdict and an earlier one cannot both be true. It is reported, and the state stays.
/// </param>
/// <param name="Noted">The answer is stored although nothing is reported, such as a refused recall.</param>
public sealed record Heard(PaymentOrderState State, IReadOnlyList<ReportOutcome> Reports, bool Contradicts = false,
    bool Noted = false);

/// <summary>
/// The rule for a provider's verdict. The same verdicts in any order, any number of times, lead to the same state. A
/// final state changes only by a return. A verdict that contradicts it is reported as a contradiction.
/// </summary>
public static class VerdictRule
{
    private static readonly IReadOnlyList<ReportOutcome> Silent = [];

    public static Heard Apply(PaymentOrderState state, Verdict verdict) => Weigh(verdict) switch
    {
        null => new Heard(state, Silent, Noted: PaymentOrderLifecycle.IsOpen(state)),
        Outcome.Accepted => Change(state, PaymentOrderTrigger.Accept),
        Outcome.Settled => Settle(state),
        Outcome.Rejected => End(state, PaymentOrderTrigger.Reject),
        Outcome.Recalled => End(state, PaymentOrderTrigger.Recall),
        Outcome.Returned => Return(state),
        Outcome.RecallRefused => new Heard(state, Silent, Noted: PaymentOrderLifecycle.IsOpen(state)),
        _ => Change(state, PaymentOrderTrigger.Doubt),
    };

    /// <summary>
    /// The outcome reported when an order enters a state; null for states that only this service knows.
    /// </summary>
    public static ReportOutcome? ReportOf(PaymentOrderState state) => state switch
    {
        Sent => ReportOutcome.Sent,
        Accepted => ReportOutcome.Accepted,
        InDoubt => ReportOutcome.InDoubt,
        Settled => ReportOutcome.Settled,
        Rejected or Refused => ReportOutcome.Rejected,
        Recalled => ReportOutcome.Recalled,
        Returned => ReportOutcome.Returned,
        Withdrawn => ReportOutcome.Withdrawn,
        _ => null,
    };

    /// <summary>
    /// An outcome that frees the obligation needs grade A or B. On C it is only stored, and the result is null. On D it
    /// counts as unknown.
    /// </summary>
    private static Outcome? Weigh(Verdict verdict) => verdict.Outcome switch
    {
        Outcome.Rejected or Outcome.Recalled or Outcome.Returned when !verdict.Frees =>
            verdict.Grade == Grade.C ? null : Outcome.Unknown,
        Outcome.Settled or Outcome.Accepted when verdict.Grade == Grade.D => Outcome.Unknown,
        var outcome => outcome,
    };

    private static Heard Change(PaymentOrderState state, PaymentOrderTrigger trigger) =>
        PaymentOrderLifecycle.Table.Next(state, trigger).Match(
            next => new Heard(next, [ReportOf(next)!.Value]),
            _ => new Heard(state, Silent));

    private static Heard Settle(PaymentOrderState state) => state switch
    {
        Settled or Returned => new Heard(state, Silent),
        // Paid after it had ended, or without having left. Money may be paid twice. So an order that is still queued
        // must never leave.
        Queued => new Heard(Withdrawn, [ReportOutcome.Settled], Contradicts: true),
        Withdrawn or Refused or Rejected or Recalled => new Heard(state, [ReportOutcome.Settled], Contradicts: true),
        _ => Change(state, PaymentOrderTrigger.Settle),
    };

    private static Heard End(PaymentOrderState state, PaymentOrderTrigger trigger) => state switch
    {
        Settled =>
            new Heard(state, [trigger == PaymentOrderTrigger.Reject ? ReportOutcome.Rejected : ReportOutcome.Recalled],
                Contradicts: true),
        // An order that ended unpaid stays unpaid. A return already says more.
        Queued or Withdrawn or Refused or Rejected or Recalled or Returned => new Heard(state, Silent),
        _ => Change(state, trigger),
    };

    private static Heard Return(PaymentOrderState state) => state switch
    {
        Returned => new Heard(state, Silent),
        Settled => Change(state, PaymentOrderTrigger.Return),
        // The returned booking also proves the payment, so both are reported in the order in which they happened.
        Sent or Accepted or InDoubt => new Heard(Returned, [ReportOutcome.Settled, ReportOutcome.Returned]),
        _ => new Heard(state, [ReportOutcome.Returned], Contradicts: true),
    };
}
