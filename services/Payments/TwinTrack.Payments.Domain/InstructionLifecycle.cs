using TwinTrack.Kernel;
using static TwinTrack.Payments.Domain.InstructionState;
using static TwinTrack.Payments.Domain.InstructionTrigger;

namespace TwinTrack.Payments.Domain;

/// <summary>Where one attempt to pay stands.</summary>
public enum InstructionState
{
    /// <summary>Made for an obligation. It holds no claim, and it must not leave.</summary>
    Planned,

    /// <summary>Claimed and handed to Providers. It may leave at any moment: never plan another from here.</summary>
    Released,

    /// <summary>Bytes may have left. Money may be paid: never plan another from here.</summary>
    Sent,

    /// <summary>The provider has it. Money may be paid: never plan another from here.</summary>
    Accepted,

    /// <summary>
    /// Sent, and the result is unknown. The money may be paid: never resend it, only ask. Only evidence, or a decision
    /// of two parties, ends this state.
    /// </summary>
    InDoubt,

    /// <summary>Paid, whole or in part. The undelivered part becomes a separate obligation.</summary>
    Settled,

    /// <summary>The provider refused it for good, before execution.</summary>
    Rejected,

    /// <summary>The provider confirmed that it stopped the payment before execution.</summary>
    Recalled,

    /// <summary>The journal proves that it never left, or it was dropped while still a plan.</summary>
    Withdrawn,

    /// <summary>Paid, and the money is booked back.</summary>
    Returned,

    /// <summary>
    /// Two parties gave it up without evidence, so that the obligation can be paid on the other track. It may still
    /// have been paid, and Providers still asks. The named bearer bears the loss.
    /// </summary>
    Abandoned,

    /// <summary>
    /// Paid after it was given up. It holds no claim. Its incident decides which attempt pays the obligation.
    /// </summary>
    SettledLate,
}

public enum InstructionTrigger
{
    /// <summary>Finance released it and the claim is taken.</summary>
    Release,

    /// <summary>A plan is given up before it was ever released.</summary>
    Drop,

    /// <summary>The journal has its line.</summary>
    Send,

    /// <summary>The provider acknowledged it.</summary>
    Accept,

    /// <summary>Silence, or an answer that proves nothing.</summary>
    LoseTrack,

    /// <summary>The provider says that it was paid.</summary>
    Settle,

    /// <summary>Refused before execution, with evidence of grade A or B.</summary>
    Reject,

    /// <summary>Stopped before execution, with evidence of grade A or B.</summary>
    Recall,

    /// <summary>Fenced and provably never sent.</summary>
    Withdraw,

    /// <summary>The money came back, booked.</summary>
    Return,

    /// <summary>Two parties give it up without evidence, as part of a switch.</summary>
    Abandon,
}

/// <summary>What ended an attempt without payment; bound to <c>Contracts/Words/FreeingEvidence</c>.</summary>
public enum FreeingEvidence
{
    NeverSent,
    Rejected,
    Recalled,
    Returned,

    /// <summary>None: two parties gave it up.</summary>
    Forced,
}

/// <summary>
/// The lifecycle of one attempt. Reports may arrive out of order. A later outcome for a Released instruction proves
/// that it was sent. So those arrows start at Released too. No arrow leads back to Sent. Only evidence, or two parties
/// who name the bearer, leads out of InDoubt.
/// </summary>
public static class InstructionLifecycle
{
    public static readonly TransitionTable<InstructionState, InstructionTrigger> Table = new(
        (Planned, Release, Released),
        (Planned, Drop, Withdrawn),
        (Released, Send, Sent),
        (Released, Withdraw, Withdrawn),
        (Released, Accept, Accepted),
        (Released, LoseTrack, InDoubt),
        (Released, Settle, Settled),
        (Released, Reject, Rejected),
        (Released, Recall, Recalled),
        (Sent, Accept, Accepted),
        (Sent, LoseTrack, InDoubt),
        (Sent, Settle, Settled),
        (Sent, Reject, Rejected),
        (Sent, Recall, Recalled),
        (Accepted, LoseTrack, InDoubt),
        (Accepted, Settle, Settled),
        (Accepted, Reject, Rejected),
        (Accepted, Recall, Recalled),
        (InDoubt, Settle, Settled),
        (InDoubt, Reject, Rejected),
        (InDoubt, Recall, Recalled),
        (InDoubt, Abandon, Abandoned),
        (Abandoned, Settle, SettledLate),
        (Abandoned, Reject, Rejected),
        (Abandoned, Recall, Recalled),
        (Settled, Return, Returned),
        (SettledLate, Return, Returned));

    /// <summary>Holds the obligation's claim: no other attempt may exist beside it.</summary>
    public static readonly InstructionState[] Live = [Released, Sent, Accepted, InDoubt, Settled];

    /// <summary>Evidence proves that these ended without payment. The claim is released.</summary>
    public static readonly InstructionState[] Freed = [Withdrawn, Rejected, Recalled, Returned];

    /// <summary>
    /// Given up without evidence: no claim and no proof. Never treat them as attempts that ended without payment.
    /// </summary>
    public static readonly InstructionState[] Forced = [Abandoned, SettledLate];

    /// <summary>
    /// After these states a moving switch may pay on another channel: proved unpaid, or given up by two parties.
    /// </summary>
    public static readonly InstructionState[] Movable = [.. Freed, Abandoned];

    private static readonly HashSet<(InstructionState, InstructionState)> Arrows =
        [.. Table.Rows.Select(row => (row.From, row.To))];

    /// <summary>Whether some trigger leads from one state to the other.</summary>
    public static bool Leads(InstructionState from, InstructionState to) => Arrows.Contains((from, to));

    public static bool IsLive(InstructionState state) => Live.Contains(state);

    /// <summary>Whether this change frees the obligation for another attempt.</summary>
    public static bool GivesClaimBack(InstructionState from, InstructionState to) => IsLive(from) && !IsLive(to);

    /// <summary>Whether this change brings the evidence for an attempt that was given up without any.</summary>
    public static bool ProvesForced(InstructionState from, InstructionState to) =>
        Forced.Contains(from) && IsFreed(to);

    public static bool IsFreed(InstructionState state) => Freed.Contains(state);

    /// <summary>
    /// The word for the evidence that freed an attempt, or <c>forced</c> where there is none. Null while the attempt is
    /// not freed.
    /// </summary>
    public static string? EvidenceOf(InstructionState freed) => freed switch
    {
        Withdrawn => Word.Of(FreeingEvidence.NeverSent),
        Rejected => Word.Of(FreeingEvidence.Rejected),
        Recalled => Word.Of(FreeingEvidence.Recalled),
        Returned => Word.Of(FreeingEvidence.Returned),
        Abandoned => Word.Of(FreeingEvidence.Forced),
        _ => null,
    };
}
