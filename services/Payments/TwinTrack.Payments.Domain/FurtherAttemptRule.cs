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

/// <summary>Whether what nobody pays may be planned again.</summary>
public static class FurtherAttemptRule
{
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
        last.State == InstructionState.Withdrawn
        || (InstructionLifecycle.Movable.Contains(last.State)
            && (last.State != InstructionState.Returned || last.SettledMinor == last.AmountMinor)
            && moves.Any(move => Reaches(move, last.By, area, channels)));

    private static bool Reaches(MoveCoverage move, SwitchId? by, string area, IReadOnlyCollection<string> channels) =>
        (move.Areas.Count == 0 || move.Areas.Contains(area))
        && !(by is { } one && move.Tried.Contains(one))
        && channels.Any(move.Channels.Contains);
}
