using TwinTrack.Kernel;
using static TwinTrack.Providers.Domain.PaymentOrderState;
using static TwinTrack.Providers.Domain.PaymentOrderTrigger;

namespace TwinTrack.Providers.Domain;

/// <summary>State of one order between our journal and the provider's answer.</summary>
public enum PaymentOrderState
{
    /// <summary>Ordered, without a journal line. So it is proved unsent.</summary>
    Queued,

    /// <summary>
    /// Journaled. From now on it counts as sent, whether a byte left or not. It is never queued again.
    /// </summary>
    Sent,

    /// <summary>The provider has taken it in.</summary>
    Accepted,

    /// <summary>
    /// Journaled, and the result is unknown. The money may be paid. Only evidence ends this state, and the provider is
    /// asked without limit.
    /// </summary>
    InDoubt,

    /// <summary>Paid.</summary>
    Settled,

    /// <summary>The provider will never pay it.</summary>
    Rejected,

    /// <summary>Our recall was granted before execution.</summary>
    Recalled,

    /// <summary>Paid, and the money came back.</summary>
    Returned,

    /// <summary>Fenced or held before it had a journal line.</summary>
    Withdrawn,

    /// <summary>
    /// Refused by this service before it had a journal line, because the payee is not the approved payee.
    /// </summary>
    Refused,
}

public enum PaymentOrderTrigger
{
    Send,
    Withdraw,
    Refuse,
    Accept,
    Doubt,
    Settle,
    Reject,
    Recall,
    Return,
}

/// <summary>
/// The lifecycle of an order at a provider. No arrow leads back to <see cref="Queued"/>, and none from
/// <see cref="InDoubt"/> to <see cref="Sent"/>.
/// </summary>
public static class PaymentOrderLifecycle
{
    public static readonly TransitionTable<PaymentOrderState, PaymentOrderTrigger> Table = new(
        (Queued, Send, Sent),
        (Queued, Withdraw, Withdrawn),
        (Queued, Refuse, Refused),
        (Sent, Accept, Accepted),
        (Sent, Doubt, InDoubt),
        (Sent, Settle, Settled),
        (Sent, Reject, Rejected),
        (Sent, PaymentOrderTrigger.Recall, Recalled),
        (Sent, Return, Returned),
        (Accepted, Doubt, InDoubt),
        (Accepted, Settle, Settled),
        (Accepted, Reject, Rejected),
        (Accepted, PaymentOrderTrigger.Recall, Recalled),
        (Accepted, Return, Returned),
        (InDoubt, Settle, Settled),
        (InDoubt, Reject, Rejected),
        (InDoubt, PaymentOrderTrigger.Recall, Recalled),
        (InDoubt, Return, Returned),
        (Settled, Return, Returned));

    /// <summary>Journaled, without a final outcome. These orders are asked about, recalled, and may lapse.</summary>
    public static readonly PaymentOrderState[] Open = Table.Sources(Settle);

    public static bool IsOpen(PaymentOrderState state) => Array.IndexOf(Open, state) >= 0;
}
