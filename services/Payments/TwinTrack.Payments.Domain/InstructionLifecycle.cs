using TwinTrack.Kernel;
using static TwinTrack.Payments.Domain.InstructionState;
using static TwinTrack.Payments.Domain.InstructionTrigger;

namespace TwinTrack.Payments.Domain;

/// <summary>Where one attempt to pay stands.</summary>
public enum InstructionState
{
    /// <summary>Chosen for an obligation; nothing is claimed and nothing may leave.</summary>
    Planned,

    /// <summary>Claimed and handed to Providers. It may leave at any moment: never plan another from here.</summary>
    Released,

    /// <summary>Bytes may have left. Money may move: never plan another from here.</summary>
    Sent,

    /// <summary>The provider has it. Money may move: never plan another from here.</summary>
    Accepted,

    /// <summary>
    /// Sent, and nobody knows what became of it. Money may have moved: never resend, only ask. Left by evidence alone.
    /// </summary>
    InDoubt,

    /// <summary>Paid, whole or in part. What was not delivered is an obligation of its own.</summary>
    Settled,

    /// <summary>The provider refused it before execution, finally.</summary>
    Rejected,

    /// <summary>The provider confirmed that it stopped it before execution.</summary>
    Recalled,

    /// <summary>It never left us, provably; or it was dropped while still a plan.</summary>
    Withdrawn,

    /// <summary>Paid, and the money is booked back.</summary>
    Returned,

    /// <summary>
    /// Given up without evidence by two parties, so that the obligation may be paid over the other track. The money may
    /// have moved, and is still asked about; whoever was named bears it if it has.
    /// </summary>
    Abandoned,

    /// <summary>
    /// Paid after it was given up. Holds no claim: whether the obligation is paid by it or by another attempt, its
    /// incident decides.
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

    /// <summary>Two parties give it up without evidence, inside a switch.</summary>
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
/// The law about one attempt. Reports overtake each other: a later word that reaches a Released instruction proves that
/// it was sent, so those arrows start at Released too. No arrow leads back to Sent, and none leaves InDoubt but by
/// evidence, or by two parties who name the bearer.
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

    /// <summary>Ended without payment, proved: the claim is given back.</summary>
    public static readonly InstructionState[] Freed = [Withdrawn, Rejected, Recalled, Returned];

    /// <summary>
    /// Given up without evidence: no claim, and no proof either. Never to be taken for one that ended without payment.
    /// </summary>
    public static readonly InstructionState[] Forced = [Abandoned, SettledLate];

    /// <summary>
    /// After these a switch that moves may pay another way: by proof, or because two parties answer for it.
    /// </summary>
    public static readonly InstructionState[] Movable = [.. Freed, Abandoned];

    public static bool IsLive(InstructionState state) => Live.Contains(state);

    public static bool IsFreed(InstructionState state) => Freed.Contains(state);

    /// <summary>
    /// The word for what freed an attempt: never_sent, rejected, recalled or returned; or forced, which is none. Null
    /// while nothing is.
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
