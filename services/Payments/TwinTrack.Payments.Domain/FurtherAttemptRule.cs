using TwinTrack.Kernel;

namespace TwinTrack.Payments.Domain;

/// <summary>How the last attempt of an obligation ended.</summary>
/// <param name="AmountMinor">What was ordered, minor units.</param>
/// <param name="SettledMinor">What was delivered before it came back, minor units; zero unless returned.</param>
/// <param name="By">The switch that led it; null where no switch did.</param>
public readonly record struct EndedAttempt(InstructionState State, long AmountMinor, long SettledMinor, SwitchId? By);

/// <summary>What a switch that moves may have paid another way.</summary>
/// <param name="Areas">P-codes; empty means all.</param>
/// <param name="Channels">Those that are left.</param>
/// <param name="Tried">The switch itself and the later ones of its cycle.</param>
public sealed record MoveCoverage(IReadOnlySet<string> Areas, IReadOnlySet<string> Channels,
    IReadOnlySet<SwitchId> Tried);

/// <summary>Whether what nobody pays may be planned again, and whether that plan may leave. The only place.</summary>
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
    /// What never left may be, at any time. What ended otherwise only in the reach of a switch that moves: one attempt
    /// a switch, because what its own attempt could not pay either is for people to look at, and what a later one's
    /// could not is no longer this one's to try; a return that was refused would be sent for ever. Money that came back
    /// after a partial delivery is not: its remainder is owed by itself.
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
    /// Whether a plan for which Routing found a channel may leave. What never left may, by any route. What had left
    /// may while a switch moves, and once for each switch that led it. Outside of a pilot's share the route is still
    /// that of an ended switch, which may then lead it once more.
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
