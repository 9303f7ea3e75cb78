using System.Collections.Frozen;
using static TwinTrack.Providers.Domain.Finding;
using static TwinTrack.Providers.Domain.PaymentOrderState;

namespace TwinTrack.Providers.Domain;

/// <summary>What is reported to Payments; bound to <c>Contracts/Words/ReportOutcomes</c>.</summary>
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

/// <summary>What a provider's word proves once its grade is known.</summary>
public enum Finding
{
    /// <summary>Nothing was learned.</summary>
    Nothing,

    /// <summary>
    /// Stored as an answer; changes nothing. A refused recall, or a word that frees the obligation only with a better
    /// grade.
    /// </summary>
    Note,

    /// <summary>The provider has taken the order. Not final.</summary>
    Acceptance,

    /// <summary>The order was paid.</summary>
    Payment,

    /// <summary>The order was paid, and it is known to be paid with another amount.</summary>
    OtherPayment,

    /// <summary>The provider will never pay the order.</summary>
    Rejection,

    /// <summary>The recall was granted before execution.</summary>
    Recall,

    /// <summary>The order was paid and the money came back.</summary>
    Return,

    /// <summary>
    /// The order was paid and a part came back. The other part is still paid, so the obligation is not free.
    /// </summary>
    ReturnInPart,

    /// <summary>More came back than is known to be delivered.</summary>
    ReturnBeyond,
}

/// <summary>The amounts by which a word about money is judged, minor units.</summary>
/// <param name="NamedMinor">What the word names; above zero.</param>
/// <param name="OrderedMinor">What was ordered.</param>
/// <param name="DeliveredMinor">What an earlier word proved to be delivered; null where none did.</param>
public readonly record struct WordAmounts(long NamedMinor, long OrderedMinor, long? DeliveredMinor)
{
    /// <summary>Of a word about the whole order.</summary>
    public static readonly WordAmounts Whole = new(1, 1, null);

    /// <summary>What a return is measured by. Without another word the whole order was delivered.</summary>
    public long PaidMinor => DeliveredMinor ?? OrderedMinor;
}

/// <summary>What a verdict does to one order.</summary>
/// <param name="State">The state afterwards.</param>
/// <param name="Reports">Outcomes to report to Payments, in this order; empty when nothing was learned.</param>
/// <param name="Contradicts">
/// The provider says what cannot be true together with what it said before.
/// </param>
/// <param name="Noted">Worth keeping as an answer although nothing is reported, such as a refused recall.</param>
public sealed record VerdictEffect(PaymentOrderState State, IReadOnlyList<ReportOutcome> Reports,
    bool Contradicts = false, bool Noted = false);

/// <summary>
/// The rule for a provider's verdict, as two tables: what a word of a grade proves, and its effect in each state. The
/// same verdicts in any order, any number of times, lead to the same state. A final state changes only by a return.
/// Payments reads the reports by its own table. A test walks all tables together.
/// </summary>
public static class VerdictRule
{
    /// <summary>Ended without payment, or never sent.</summary>
    private static readonly PaymentOrderState[] Unpaid = [Withdrawn, Refused, Rejected, Recalled];

    /// <summary>What each word proves, by grade.</summary>
    public static readonly IReadOnlyList<(Outcome Outcome, Grade Grade, Finding Finding)> Findings =
    [
        .. Word(Outcome.Unknown, a: Nothing, b: Nothing, c: Nothing, d: Nothing),
        .. Word(Outcome.Accepted, a: Acceptance, b: Acceptance, c: Acceptance, d: Nothing),
        .. Word(Outcome.Settled, a: Payment, b: Payment, c: Acceptance, d: Nothing),
        .. Word(Outcome.Rejected, a: Rejection, b: Rejection, c: Note, d: Nothing),
        .. Word(Outcome.Recalled, a: Recall, b: Recall, c: Note, d: Nothing),
        .. Word(Outcome.RecallRefused, a: Note, b: Note, c: Note, d: Note),
        .. Word(Outcome.Returned, a: Return, b: Return, c: Note, d: Nothing),
    ];

    private static readonly (PaymentOrderState State, Finding Finding, VerdictEffect Effect)[] Rows =
    [
        .. Enter(InDoubt, [Sent, Accepted], Nothing, ReportOutcome.InDoubt),
        .. Keep([Queued, InDoubt, Settled, Returned, .. Unpaid], Nothing),

        .. Store(PaymentOrderLifecycle.Open, Note),
        .. Keep([Queued, Settled, Returned, .. Unpaid], Note),

        .. Enter(Accepted, [Sent], Acceptance, ReportOutcome.Accepted),
        .. Keep([Queued, Accepted, InDoubt, Settled, Returned, .. Unpaid], Acceptance),

        .. Enter(Settled, PaymentOrderLifecycle.Open, Payment, ReportOutcome.Settled),
        .. Keep([Settled, Returned], Payment),
        // The remainder of a partial delivery may be paid elsewhere. So a later word with more is shown to people.
        .. Contradict([Settled, Returned], OtherPayment, ReportOutcome.Settled),
        // Paid after its end, or without ever having left: money may be out twice. What is queued must never leave.
        .. Contradict(Unpaid, Payment, ReportOutcome.Settled),
        (Queued, Payment, new VerdictEffect(Withdrawn, [ReportOutcome.Settled], Contradicts: true)),

        .. Enter(Rejected, PaymentOrderLifecycle.Open, Rejection, ReportOutcome.Rejected),
        .. Keep([Queued, Returned, .. Unpaid], Rejection),
        .. Contradict([Settled], Rejection, ReportOutcome.Rejected),

        .. Enter(Recalled, PaymentOrderLifecycle.Open, Recall, ReportOutcome.Recalled),
        .. Keep([Queued, Returned, .. Unpaid], Recall),
        .. Contradict([Settled], Recall, ReportOutcome.Recalled),

        // A return proves the payment too, so both are reported, in the order in which they happened.
        .. Enter(Returned, PaymentOrderLifecycle.Open, Return, ReportOutcome.Settled, ReportOutcome.Returned),
        .. Enter(Returned, [Settled], Return, ReportOutcome.Returned),
        .. Keep([Returned], Return),
        // Payments frees the obligation on a return. What is queued must then never leave.
        .. Contradict(Unpaid, Return, ReportOutcome.Returned),
        (Queued, Return, new VerdictEffect(Withdrawn, [ReportOutcome.Returned], Contradicts: true)),

        // What came back in part was paid, and no later silence may free it. Reconciliation shows the difference.
        .. PaymentOrderLifecycle.Open.Select(state =>
            (state, ReturnInPart, new VerdictEffect(Settled, [ReportOutcome.Settled], Noted: true))),
        .. Store([Settled], ReturnInPart),
        .. Unpaid.Select(state =>
            (state, ReturnInPart, new VerdictEffect(state, [ReportOutcome.Settled], Contradicts: true, Noted: true))),
        (Queued, ReturnInPart, new VerdictEffect(Withdrawn, [ReportOutcome.Settled], Contradicts: true, Noted: true)),
        // All that was delivered has come back before: this is other money.
        .. Contradict([Returned], ReturnInPart, ReportOutcome.Returned),
        .. Contradict([Returned], ReturnBeyond, ReportOutcome.Returned),
    ];

    /// <summary>What each finding does in each state.</summary>
    public static readonly IReadOnlyList<(PaymentOrderState State, Finding Finding, VerdictEffect Effect)> Table =
        [.. Rows, .. Alike(OtherPayment, Payment), .. Alike(ReturnBeyond, Return)];

    private static readonly FrozenDictionary<(Outcome, Grade), Finding> ByWord =
        Findings.ToFrozenDictionary(row => (row.Outcome, row.Grade), row => row.Finding);

    private static readonly FrozenDictionary<(PaymentOrderState, Finding), VerdictEffect> EffectOf =
        Table.ToFrozenDictionary(row => (row.State, row.Finding), row => row.Effect);

    /// <summary>What a word proves. Only payments and returns are judged by their amounts.</summary>
    public static Finding FindingOf(Verdict verdict, WordAmounts amounts)
    {
        var finding = ByWord[(verdict.Outcome, verdict.Grade)];
        return finding switch
        {
            Payment when amounts.DeliveredMinor is { } delivered && amounts.NamedMinor != delivered => OtherPayment,
            Return when amounts.NamedMinor < amounts.PaidMinor => ReturnInPart,
            Return when amounts.NamedMinor > amounts.PaidMinor => ReturnBeyond,
            _ => finding,
        };
    }

    /// <summary>The effect of a word about the whole order.</summary>
    public static VerdictEffect Apply(PaymentOrderState state, Verdict verdict) =>
        Apply(state, verdict, WordAmounts.Whole);

    /// <param name="state">Of the order.</param>
    /// <param name="verdict">What the provider said.</param>
    /// <param name="amounts">What it said it of.</param>
    public static VerdictEffect Apply(PaymentOrderState state, Verdict verdict, WordAmounts amounts) =>
        EffectOf[(state, FindingOf(verdict, amounts))];

    /// <summary>
    /// The amount of a report, minor units. A return in part does not say what was delivered, so that is the whole.
    /// </summary>
    public static long ReportedMinor(ReportOutcome report, Finding finding, WordAmounts amounts) =>
        (report, finding) == (ReportOutcome.Settled, ReturnInPart) ? amounts.OrderedMinor : amounts.NamedMinor;

    /// <summary>
    /// What is reported when an order enters a state; null for states that only this service knows.
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

    private static IEnumerable<(Outcome, Grade, Finding)> Word(
        Outcome outcome, Finding a, Finding b, Finding c, Finding d) =>
        [(outcome, Grade.A, a), (outcome, Grade.B, b), (outcome, Grade.C, c), (outcome, Grade.D, d)];

    /// <summary>The rows of one finding for another, in the states for which the other has no row.</summary>
    private static IEnumerable<(PaymentOrderState, Finding, VerdictEffect)> Alike(Finding finding, Finding like) =>
        Rows.Where(row => row.Finding == like)
            .Where(row => !Rows.Any(own => own.State == row.State && own.Finding == finding))
            .Select(row => (row.State, finding, row.Effect));

    private static IEnumerable<(PaymentOrderState, Finding, VerdictEffect)> Enter(
        PaymentOrderState next, PaymentOrderState[] states, Finding finding, params ReportOutcome[] reports) =>
        states.Select(state => (state, finding, new VerdictEffect(next, reports)));

    private static IEnumerable<(PaymentOrderState, Finding, VerdictEffect)> Keep(
        PaymentOrderState[] states, Finding finding) =>
        states.Select(state => (state, finding, new VerdictEffect(state, [])));

    private static IEnumerable<(PaymentOrderState, Finding, VerdictEffect)> Store(
        PaymentOrderState[] states, Finding finding) =>
        states.Select(state => (state, finding, new VerdictEffect(state, [], Noted: true)));

    private static IEnumerable<(PaymentOrderState, Finding, VerdictEffect)> Contradict(
        PaymentOrderState[] states, Finding finding, ReportOutcome report) =>
        states.Select(state => (state, finding, new VerdictEffect(state, [report], Contradicts: true)));
}
