using TwinTrack.Kernel;

namespace TwinTrack.Routing.Domain.Switches;

/// <summary>
/// One channel that a switch leaves: the proof of its fence, and the withdrawals and recalls under it.
/// </summary>
public sealed class FencedChannel
{
    public required SwitchId SwitchId { get; init; }

    public required string Channel { get; init; }

    /// <summary>The epoch of this fence.</summary>
    public required long Epoch { get; init; }

    /// <summary>Null until the fence is proved.</summary>
    public DateTimeOffset? FencedAt { get; set; }

    /// <summary>
    /// The journal's last sequence. Instructions up to it may have left. No instruction leaves after it.
    /// </summary>
    public long? LastSequence { get; set; }

    /// <summary>Unsent instructions withdrawn; null until Providers has answered.</summary>
    public long? Withdrawn { get; set; }

    /// <summary>Recalls under way; null until Providers has answered.</summary>
    public long? RecallsAsked { get; set; }

    /// <summary>Sent, not final, and without a means of recall.</summary>
    public long? NotRecallable { get; set; }
}

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
