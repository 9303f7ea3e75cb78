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
/// The state of the gate that Routing wants. Providers holds the gate itself. Commands and answers may arrive out of
/// order. An answer that contradicts the wanted state makes Routing ask again (Open on ConfirmClosed, Closed on
/// ConfirmOpen). It never changes the wanted state.
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
