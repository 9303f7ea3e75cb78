using TwinTrack.Kernel;

namespace TwinTrack.Routing.Domain.Switches;

/// <summary>
/// One channel on which a scope is stopped: the proof of the stop, and the withdrawals and recalls that follow.
/// </summary>
public abstract class ChannelStop
{
    public required string Channel { get; init; }

    /// <summary>The channel's epoch from this stop on.</summary>
    public required long Epoch { get; init; }

    /// <summary>When Providers set the stop; null until it is proved.</summary>
    public DateTimeOffset? ProvedAt { get; private set; }

    /// <summary>
    /// The journal's last sequence. Instructions up to it may have left. Nothing that the stop covers leaves after it.
    /// </summary>
    public long? LastSequence { get; private set; }

    /// <summary>Unsent instructions withdrawn; null until Providers has answered.</summary>
    public long? Withdrawn { get; private set; }

    /// <summary>Recalls under way; null until Providers has answered.</summary>
    public long? RecallsAsked { get; private set; }

    /// <summary>Sent, not final, and not asked back.</summary>
    public long? NotRecallable { get; private set; }

    /// <summary>Whether Providers has proved the stop, withdrawn all and asked for each recall.</summary>
    public bool IsComplete => ProvedAt is not null && Withdrawn is not null && RecallsAsked is not null;

    /// <summary>
    /// Takes a running answer. The first value of each kind counts, so answers may be repeated and come in any order.
    /// </summary>
    /// <returns>Whether the answer added anything.</returns>
    public bool Take(RunningAnswer answer)
    {
        var before = (ProvedAt, Withdrawn, RecallsAsked);
        ProvedAt ??= answer.At;
        LastSequence ??= answer.LastSequence;
        Withdrawn ??= answer.Withdrawn;
        RecallsAsked ??= answer.RecallsAsked;
        NotRecallable ??= answer.NotRecallable;
        return before != (ProvedAt, Withdrawn, RecallsAsked);
    }
}

/// <summary>One channel that a switch leaves.</summary>
public sealed class StoppedChannel : ChannelStop
{
    public required SwitchId SwitchId { get; init; }
}

/// <summary>One channel of a suspended track.</summary>
public sealed class SuspendedChannel : ChannelStop
{
    public required SuspensionId SuspensionId { get; init; }
}

/// <summary>All that Providers knows about a stop so far; null for what is not done.</summary>
public sealed record RunningAnswer(long LastSequence, DateTimeOffset At, long? Withdrawn, long? RecallsAsked,
    long? NotRecallable);

/// <summary>When a switch entered a state, and by whom.</summary>
public sealed class SwitchStep
{
    public required SwitchId SwitchId { get; init; }

    /// <summary>From 1.</summary>
    public required int Number { get; init; }

    public required SwitchState State { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>As <see cref="Actor"/> writes it.</summary>
    public required string By { get; init; }
}
