using TwinTrack.Kernel;

namespace TwinTrack.Payments.Domain;

/// <summary>How the last attempt of an obligation ended.</summary>
/// <param name="AmountMinor">The ordered amount, minor units.</param>
/// <param name="SettledMinor">The amount delivered before it came back, minor units; zero unless returned.</param>
/// <param name="By">The switch that routed it; null on an ordinary route.</param>
public readonly record struct EndedAttempt(InstructionState State, long AmountMinor, long SettledMinor, SwitchId? By);

/// <summary>The obligations that a moving switch may pay on another channel.</summary>
/// <param name="Areas">P-codes; empty means all.</param>
/// <param name="Channels">The channels that the switch leaves.</param>
/// <param name="Tried">The switch itself and the later ones of its cycle.</param>
public sealed record MoveCoverage(IReadOnlySet<string> Areas, IReadOnlySet<string> Channels,
    IReadOnlySet<SwitchId> Tried);

/// <summary>An obligation as it is read again, in the transaction that plans it.</summary>
/// <param name="Blocked">An incident blocks it.</param>
/// <param name="Claimed">An attempt is live.</param>
/// <param name="BatchReleased">Its batch is neither closed nor cancelled.</param>
public readonly record struct ObligationStanding(
    bool Unpaid, bool Blocked, bool Claimed, bool BatchReleased, int LastPlanned, int LastReleased);

/// <summary>Whether an unpaid obligation may be planned again, and whether that plan may leave.</summary>
public static class FurtherAttemptRule
{
    private const int AttemptsOfMovingMax = 1;
    private const int AttemptsOfEndedMax = 2;

    /// <summary>States that do not count as an attempt: nothing has left.</summary>
    public static readonly InstructionState[] Untried = [InstructionState.Planned, InstructionState.Withdrawn];

    /// <summary>States after which another attempt may be planned: fewer while no switch moves payments.</summary>
    public static InstructionState[] FreeStates(bool moving) =>
        moving ? InstructionLifecycle.Movable : [InstructionState.Withdrawn];

    /// <summary>
    /// An attempt that never left may always be repeated. Any other ended attempt is repeated only in the scope of a
    /// moving switch. Each switch tries an obligation once. What its attempt could not pay waits for a person. What a
    /// later switch could not pay is not tried by an earlier switch. Without this rule a refused payment would be sent
    /// for ever. After a partial delivery that came back, the obligation is not repeated: its remainder is an
    /// obligation of its own.
    /// </summary>
    /// <param name="channels">Of all attempts at the obligation so far.</param>
    /// <param name="moves">The switches that move now.</param>
    public static bool IsFree(EndedAttempt last, string area, IReadOnlyCollection<string> channels,
        IReadOnlyList<MoveCoverage> moves) =>
        FreeStates(moving: false).Contains(last.State)
        || (InstructionLifecycle.Movable.Contains(last.State)
            && (last.State != InstructionState.Returned || last.SettledMinor == last.AmountMinor)
            && moves.Any(move => Reaches(move, last.By, area, channels)));

    /// <summary>
    /// Whether an obligation that was found free may be planned now. Since the search its batch may be closed, an
    /// incident may block it, or another attempt may have begun.
    /// </summary>
    /// <param name="lastPlanned">The newest plan when it was found.</param>
    /// <param name="lastReleased">The newest attempt when it was found.</param>
    public static bool IsStillFree(ObligationStanding now, int lastPlanned, int lastReleased) =>
        now is { Unpaid: true, Blocked: false, Claimed: false, BatchReleased: true }
        && (now.LastPlanned, now.LastReleased) == (lastPlanned, lastReleased);

    /// <summary>
    /// Whether a plan for which Routing found a channel may leave. An attempt that never left may be repeated over any
    /// route. After an attempt that left, a further one needs an active switch. An active switch gives one attempt per
    /// obligation, an ended switch two. Outside a pilot's share the route is still that of an ended switch.
    /// </summary>
    /// <param name="evidence">What freed the attempt before (<see cref="InstructionLifecycle.EvidenceOf"/>).</param>
    /// <param name="by">The switch that led to the channel; null where none did.</param>
    /// <param name="moving">The switches that move now.</param>
    /// <param name="tried">Attempts that the switch has led before.</param>
    public static bool MayLeave(string? evidence, SwitchId? by, IReadOnlyCollection<SwitchId> moving, int tried) =>
        evidence == InstructionLifecycle.EvidenceOf(InstructionState.Withdrawn)
        || (moving.Count > 0 && by is { } leader
            && tried < (moving.Contains(leader) ? AttemptsOfMovingMax : AttemptsOfEndedMax));

    private static bool Reaches(MoveCoverage move, SwitchId? by, string area, IReadOnlyCollection<string> channels) =>
        (move.Areas.Count == 0 || move.Areas.Contains(area))
        && !(by is { } one && move.Tried.Contains(one))
        && channels.Any(move.Channels.Contains);
}
