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

/// <summary>Whether an unpaid obligation may be planned again.</summary>
public static class FurtherAttemptRule
{
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
        last.State == InstructionState.Withdrawn
        || (InstructionLifecycle.Movable.Contains(last.State)
            && (last.State != InstructionState.Returned || last.SettledMinor == last.AmountMinor)
            && moves.Any(move => Reaches(move, last.By, area, channels)));

    private static bool Reaches(MoveCoverage move, SwitchId? by, string area, IReadOnlyCollection<string> channels) =>
        (move.Areas.Count == 0 || move.Areas.Contains(area))
        && !(by is { } one && move.Tried.Contains(one))
        && channels.Any(move.Channels.Contains);
}
