using TwinTrack.Kernel;
using static TwinTrack.Providers.Domain.PaymentOrderState;
using static TwinTrack.Providers.Domain.PaymentOrderTrigger;

namespace TwinTrack.Providers.Domain;

/// <summary>Where one order stands between our journal and the provider's word.</summary>
public enum PaymentOrderState
{
    /// <summary>Ordered; no journal line, so provably not sent.</summary>
    Queued,

    /// <summary>
    /// Journaled: from here on it must be taken as sent, whether a byte left or not. Never queue again from here.
    /// </summary>
    Sent,

    /// <summary>The provider has taken it in.</summary>
    Accepted,

    /// <summary>
    /// Journaled, and nobody says what became of it. Money may have moved: only evidence leads out, and it is asked for
    /// ever.
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

    /// <summary>Refused by ourselves before it had a journal line: the payee is not the approved one.</summary>
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
/// What may become of an order at a provider. No arrow leads back to <see cref="Queued"/>, and none from
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
        (Accepted, Doubt, InDoubt),
        (Accepted, Settle, Settled),
        (Accepted, Reject, Rejected),
        (Accepted, PaymentOrderTrigger.Recall, Recalled),
        (InDoubt, Settle, Settled),
        (InDoubt, Reject, Rejected),
        (InDoubt, PaymentOrderTrigger.Recall, Recalled),
        (Settled, Return, Returned));

    /// <summary>Journaled and without a final word: what is asked for, recalled, and lapses at last.</summary>
    public static readonly PaymentOrderState[] Open = Table.Sources(Settle);

    public static bool IsOpen(PaymentOrderState state) => Array.IndexOf(Open, state) >= 0;
}
