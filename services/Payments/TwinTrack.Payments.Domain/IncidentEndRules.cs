using TwinTrack.Kernel;
using static TwinTrack.Payments.Domain.IncidentEnd;

namespace TwinTrack.Payments.Domain;

/// <summary>How an incident ended.</summary>
public enum IncidentEnd
{
    Recovered,

    WrittenOff,

    /// <summary>Nothing was lost: what looked like two events was one event.</summary>
    NoLoss,

    /// <summary>The contradicted attempt is the payment: nothing else was paid, and nothing else will be.</summary>
    Stands,

    /// <summary>No payment was made after all: the obligation is to be paid again. Takes two parties.</summary>
    NotPaid,
}

/// <summary>The condition on the obligation's attempts for this end.</summary>
public enum IncidentPrecondition
{
    Nothing,

    /// <summary>The claim is held by an attempt that is settled.</summary>
    SettledAttempt,

    /// <summary>No attempt holds the claim.</summary>
    NoLiveAttempt,
}

/// <summary>What the end of an incident does to its obligation.</summary>
public enum ObligationOutcome
{
    /// <summary>It was paid, or may have been paid. The system never plans it again.</summary>
    StaysBlocked,

    /// <summary>Its own attempts decide again.</summary>
    Unblocked,
}

/// <param name="TwoParties">Whether it takes two people of two parties.</param>
public sealed record IncidentEndRule(IncidentKind Kind, IncidentEnd End, IncidentPrecondition Need,
    ObligationOutcome After, bool TwoParties = false);

/// <summary>
/// How each kind of incident may end, and what the end does to the obligation. After a double payment the obligation
/// always stays blocked. If the other payment is returned later, the recipient may still hold this one. Then people
/// must look again.
/// </summary>
public static class IncidentEndRules
{
    public static readonly IncidentEndRule[] Rules =
    [
        new(IncidentKind.LateSuccess, Stands, IncidentPrecondition.NoLiveAttempt, ObligationOutcome.StaysBlocked),
        new(IncidentKind.LateSuccess, NotPaid, IncidentPrecondition.NoLiveAttempt, ObligationOutcome.Unblocked,
            TwoParties: true),
        new(IncidentKind.PaidTwice, IncidentEnd.Recovered, IncidentPrecondition.Nothing,
            ObligationOutcome.StaysBlocked),
        new(IncidentKind.PaidTwice, IncidentEnd.WrittenOff, IncidentPrecondition.Nothing,
            ObligationOutcome.StaysBlocked, TwoParties: true),
        new(IncidentKind.PaidTwice, NoLoss, IncidentPrecondition.SettledAttempt, ObligationOutcome.Unblocked),
        new(IncidentKind.PaidTwice, Stands, IncidentPrecondition.NoLiveAttempt, ObligationOutcome.StaysBlocked),
        new(IncidentKind.PaidTwice, NotPaid, IncidentPrecondition.NoLiveAttempt, ObligationOutcome.Unblocked,
            TwoParties: true),
        new(IncidentKind.Contradiction, IncidentEnd.Recovered, IncidentPrecondition.Nothing,
            ObligationOutcome.StaysBlocked),
        new(IncidentKind.Contradiction, IncidentEnd.WrittenOff, IncidentPrecondition.Nothing,
            ObligationOutcome.StaysBlocked, TwoParties: true),
        new(IncidentKind.Contradiction, NoLoss, IncidentPrecondition.SettledAttempt, ObligationOutcome.Unblocked),
        new(IncidentKind.Contradiction, NotPaid, IncidentPrecondition.NoLiveAttempt, ObligationOutcome.Unblocked,
            TwoParties: true),
        new(IncidentKind.ReturnedTwice, IncidentEnd.Recovered, IncidentPrecondition.Nothing,
            ObligationOutcome.Unblocked),
        new(IncidentKind.ReturnedTwice, NoLoss, IncidentPrecondition.Nothing, ObligationOutcome.Unblocked),
        new(IncidentKind.ForcedLoss, IncidentEnd.Recovered, IncidentPrecondition.Nothing,
            ObligationOutcome.StaysBlocked),
        new(IncidentKind.ForcedLoss, IncidentEnd.WrittenOff, IncidentPrecondition.Nothing,
            ObligationOutcome.StaysBlocked, TwoParties: true),
        new(IncidentKind.ForcedLoss, NoLoss, IncidentPrecondition.SettledAttempt, ObligationOutcome.Unblocked),
        new(IncidentKind.ForcedLoss, Stands, IncidentPrecondition.NoLiveAttempt, ObligationOutcome.StaysBlocked),
    ];

    /// <summary>
    /// The excess money came back by itself. That is sufficient proof, whatever the state of the other attempts.
    /// </summary>
    public static readonly IncidentEndRule CameBack = new(
        IncidentKind.ForcedLoss, NoLoss, IncidentPrecondition.Nothing, ObligationOutcome.Unblocked);

    /// <summary>
    /// Whether an incident keeps its obligation blocked. An open one does. An ended one does unless its end unblocked:
    /// the end of another incident never lifts that block. An end that is not known blocks.
    /// </summary>
    /// <param name="end">How it ended; null while it is open.</param>
    public static bool Blocks(IncidentKind kind, IncidentState state, IncidentEnd? end) =>
        !IncidentLifecycle.Ended.Contains(state)
        || RuleOf(kind, end)?.After != ObligationOutcome.Unblocked;

    /// <summary>
    /// Whether the incident's attempt paid the obligation, as far as is known. Late money of another attempt is then
    /// paid twice, even where no attempt is live.
    /// </summary>
    /// <param name="end">How it ended; null while it is open.</param>
    public static bool IsPaid(IncidentKind kind, IncidentEnd? end) =>
        (kind is IncidentKind.LateSuccess or IncidentKind.ForcedLoss) && (end is null or Stands);

    /// <param name="live">State of the attempt that holds the obligation's claim; null without one.</param>
    public static Result<IncidentEndRule> Of(IncidentKind kind, IncidentEnd end, InstructionState? live)
    {
        if (RuleOf(kind, end) is not { } rule)
        {
            return IncidentRefusals.OtherEnd(kind, end);
        }

        return (rule.Need, live) switch
        {
            (IncidentPrecondition.SettledAttempt, not InstructionState.Settled) => IncidentRefusals.NoPayment,
            (IncidentPrecondition.NoLiveAttempt, not null) => IncidentRefusals.StillLive,
            _ => rule,
        };
    }

    private static IncidentEndRule? RuleOf(IncidentKind kind, IncidentEnd? end) =>
        Array.Find(Rules, rule => rule.Kind == kind && rule.End == end);
}
