using TwinTrack.Kernel;
using static TwinTrack.Routing.Domain.Channels.Gate;
using static TwinTrack.Routing.Domain.Channels.GateTrigger;

namespace TwinTrack.Routing.Domain.Channels;

public enum Gate
{
    /// <summary>Payments may leave.</summary>
    Open,

    /// <summary>Providers has been told to close. Payments may still be leaving: nothing is proved yet.</summary>
    Closing,

    /// <summary>Providers has proved that nothing leaves after the last sequence.</summary>
    Closed,

    /// <summary>Providers has been told to open.</summary>
    Opening,
}

public enum GateTrigger
{
    Close,
    ConfirmClosed,
    Reopen,
    ConfirmOpen,
}

/// <summary>
/// The gate as Routing wants it; Providers holds the gate itself. Commands and answers travel apart and may overtake
/// each other, so an answer that contradicts what is wanted leads back to asking (Open on ConfirmClosed, Closed on
/// ConfirmOpen), never to a changed wish.
/// </summary>
public static class GateLifecycle
{
    public static readonly TransitionTable<Gate, GateTrigger> Table = new(
        (Open, Close, Closing),
        (Open, ConfirmClosed, Opening),
        (Closing, Close, Closing),
        (Closing, ConfirmClosed, Closed),
        (Closing, ConfirmOpen, Closing),
        (Closed, Close, Closing),
        (Closed, Reopen, Opening),
        (Closed, ConfirmOpen, Closing),
        (Opening, Close, Closing),
        (Opening, ConfirmClosed, Opening),
        (Opening, ConfirmOpen, Open));
}
