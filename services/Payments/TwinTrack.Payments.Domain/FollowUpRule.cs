using TwinTrack.Kernel;

namespace TwinTrack.Payments.Domain;

/// <summary>Why a follow-up batch takes an obligation: how its last attempt ended.</summary>
public enum FollowUpReason
{
    /// <summary>The provider refused it for good.</summary>
    Rejected,

    /// <summary>It was paid, and the whole delivered amount came back.</summary>
    Returned,

    /// <summary>The provider confirmed that it stopped the payment.</summary>
    Recalled,

    /// <summary>Its time was over, and it was not paid.</summary>
    Expired,

    /// <summary>It never left.</summary>
    Withdrawn,

    /// <summary>No channel reached it.</summary>
    Unroutable,

    /// <summary>Two parties gave it up without evidence.</summary>
    Abandoned,

    /// <summary>It is what a partial delivery left.</summary>
    Remainder,
}

/// <summary>Why a follow-up batch leaves an obligation where it is.</summary>
public enum StayReason
{
    /// <summary>Its batch is not released yet, or has ended before its release.</summary>
    BatchNotReleased,

    /// <summary>An incident blocks it: it may have been paid.</summary>
    Incident,

    /// <summary>It is paid.</summary>
    Settled,

    /// <summary>It is not known whether it was paid.</summary>
    InDoubt,

    /// <summary>An attempt is under way.</summary>
    UnderWay,

    /// <summary>It was paid after its attempt had ended.</summary>
    PaidLate,

    /// <summary>
    /// It came back after a partial delivery. Its remainder is an obligation of its own, so a person decides about the
    /// part that came back.
    /// </summary>
    Split,

    /// <summary>It has not left yet, or its own batch plans it again.</summary>
    PlannedAgain,
}

/// <summary>An obligation as a follow-up batch finds it.</summary>
/// <param name="Batch">State of the earlier batch.</param>
/// <param name="InBatch">False when it is in no batch: a remainder, or freed by a batch that was given up.</param>
/// <param name="Last">Its last attempt, or its plan where none has left. Null when there was neither.</param>
/// <param name="Left">Whether that attempt left Payments.</param>
/// <param name="Code">The provider's code that ended it.</param>
/// <param name="Unpaid">It has a reason why it is unpaid now.</param>
/// <param name="Claimed">An attempt is live.</param>
/// <param name="Blocked">An incident blocks it.</param>
/// <param name="PaidLate">A late success paid it.</param>
/// <param name="Split">It came back after a partial delivery.</param>
/// <param name="Remainder">A partial delivery left it.</param>
/// <param name="Planned">A plan waits for a channel, or the earlier batch will make one.</param>
public readonly record struct FollowUpStanding(
    BatchState Batch, bool InBatch, InstructionState? Last, bool Left, string? Code, bool Unpaid, bool Claimed,
    bool Blocked, bool PaidLate, bool Split, bool Remainder, bool Planned);

/// <summary>Either the reason to take an obligation, or the reason to leave it.</summary>
public readonly record struct FollowUpResult(FollowUpReason? Takes, StayReason? Stays)
{
    public static implicit operator FollowUpResult(FollowUpReason takes) => new(takes, null);

    public static implicit operator FollowUpResult(StayReason stays) => new(null, stays);
}

/// <summary>
/// Which obligations of a released or certified batch a follow-up batch takes. It never takes one that may be paid.
/// From a released batch it takes only what that batch does not plan again by itself.
/// </summary>
public static class FollowUpRule
{
    /// <summary>Beginning of the codes of payments whose time was over.</summary>
    private const string ExpiredPrefix = "EXPIRED";

    /// <summary>States of a batch that a follow-up may be made from.</summary>
    public static readonly BatchState[] Followed = [BatchState.Released, BatchState.Certified];

    public static FollowUpResult Judge(FollowUpStanding one) => one switch
    {
        _ when !Followed.Contains(one.Batch) => StayReason.BatchNotReleased,
        { Blocked: true } => StayReason.Incident,
        { Last: InstructionState.Settled } => StayReason.Settled,
        { Last: InstructionState.InDoubt } => StayReason.InDoubt,
        { Claimed: true } => StayReason.UnderWay,
        { Last: { } state } when InstructionLifecycle.IsLive(state) => StayReason.UnderWay,
        { PaidLate: true } or { Last: InstructionState.SettledLate } => StayReason.PaidLate,
        { Split: true } => StayReason.Split,
        { Unpaid: false } or { Planned: true } or { Last: InstructionState.Planned } => StayReason.PlannedAgain,
        { InBatch: true, Batch: BatchState.Released } when IsRepeatedThere(one) => StayReason.PlannedAgain,
        _ => ReasonOf(one),
    };

    /// <summary>Nothing of it has left, so a released batch plans it again whenever a channel may open.</summary>
    private static bool IsRepeatedThere(FollowUpStanding one) => one is { Left: false } or { Last: null }
        || FurtherAttemptRule.FreeStates(moving: false).Contains(one.Last!.Value);

    private static FollowUpResult ReasonOf(FollowUpStanding one) => (one.Left, one.Last) switch
    {
        (true, InstructionState.Rejected or InstructionState.Returned or InstructionState.Recalled)
            when one.Code?.StartsWith(ExpiredPrefix, StringComparison.Ordinal) == true => FollowUpReason.Expired,
        (true, InstructionState.Rejected) => FollowUpReason.Rejected,
        (true, InstructionState.Returned) => FollowUpReason.Returned,
        (true, InstructionState.Recalled) => FollowUpReason.Recalled,
        (true, InstructionState.Abandoned) => FollowUpReason.Abandoned,
        (true, _) => FollowUpReason.Withdrawn,
        (false, _) => one.Remainder ? FollowUpReason.Remainder : FollowUpReason.Unroutable,
    };

    /// <summary>Party and role that must act next on an unpaid obligation.</summary>
    public static string OwnerOf(FollowUpResult result)
    {
        var role = result.Stays is { } stays ? OwnerOfStaying(stays) : Role.ProgrammeManager;
        return $"{Word.Of(Party.Government)}/{role}";
    }

    /// <summary>Providers' work is the operator's, money that may be paid is finance's.</summary>
    private static string OwnerOfStaying(StayReason stays) => stays switch
    {
        StayReason.InDoubt or StayReason.UnderWay or StayReason.PlannedAgain => Role.Operator,
        StayReason.Incident or StayReason.PaidLate or StayReason.Split => Role.Finance,
        _ => Role.ProgrammeManager,
    };

    /// <summary>
    /// What the earlier batch still commits for an obligation that leaves it. After its certificate it commits nothing
    /// for what is unpaid. What is in no batch was given back before, except a remainder that was never planned.
    /// </summary>
    /// <param name="origin">State of the batch that it leaves.</param>
    /// <param name="inBatch">Whether it is in that batch.</param>
    /// <param name="freshRemainder">A remainder that no batch has planned yet.</param>
    public static bool IsCommitted(BatchState origin, bool inBatch, bool freshRemainder) =>
        origin == BatchState.Released && (inBatch || freshRemainder);
}
