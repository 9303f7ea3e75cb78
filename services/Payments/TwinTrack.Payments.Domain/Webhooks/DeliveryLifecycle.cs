using TwinTrack.Kernel;
using static TwinTrack.Payments.Domain.Webhooks.DeliveryState;
using static TwinTrack.Payments.Domain.Webhooks.DeliveryTrigger;

namespace TwinTrack.Payments.Domain.Webhooks;

public enum DeliveryState
{
    /// <summary>To be sent when it is due.</summary>
    Pending,

    /// <summary>
    /// The receiver answered 2xx. It may have received the event before, because an answer can be lost.
    /// </summary>
    Delivered,

    /// <summary>All tries failed. Waits for a person to replay it.</summary>
    Failed,
}

public enum DeliveryTrigger
{
    Deliver,

    /// <summary>One more try failed, and tries are left.</summary>
    Retry,

    GiveUp,

    /// <summary>A person wants it sent again.</summary>
    Replay,
}

public static class DeliveryLifecycle
{
    public static readonly TransitionTable<DeliveryState, DeliveryTrigger> Table = new(
        (Pending, Deliver, Delivered),
        (Pending, Retry, Pending),
        (Pending, GiveUp, Failed),
        (Delivered, Replay, Pending),
        (Failed, Replay, Pending));
}

public enum SubscriberState
{
    Active,

    /// <summary>Nothing is sent. Events are still stored for it, up to the bound. Its reason says why.</summary>
    Disabled,
}
