using TwinTrack.Kernel;
using static TwinTrack.Payments.Domain.IncidentState;
using static TwinTrack.Payments.Domain.IncidentTrigger;

namespace TwinTrack.Payments.Domain;

public enum IncidentKind
{
    /// <summary>Paid after it was proved that it would not be.</summary>
    LateSuccess,

    /// <summary>A late success, and the other attempt was paid too: money must be recovered.</summary>
    PaidTwice,

    /// <summary>Two reports that cannot both be true, without a second payment.</summary>
    Contradiction,
}

public enum IncidentState
{
    /// <summary>Nobody has done anything about it. Its obligation is never planned again from here.</summary>
    Open,

    /// <summary>The other attempt is being stopped; its end decides.</summary>
    Holding,

    /// <summary>Both attempts were paid; the money of one must come back.</summary>
    Recovering,

    Resolved,
}

public enum IncidentTrigger
{
    /// <summary>The other attempt was asked to be withdrawn or recalled.</summary>
    Hold,

    /// <summary>The other attempt was paid as well.</summary>
    PayTwice,

    Resolve,
}

public static class IncidentLifecycle
{
    /// <summary>A resolved incident opens again when the other attempt turns out to be paid: money is never lost to a closed file.</summary>
    public static readonly TransitionTable<IncidentState, IncidentTrigger> Table = new(
        (Open, Hold, Holding),
        (Open, PayTwice, Recovering),
        (Open, Resolve, Resolved),
        (Holding, PayTwice, Recovering),
        (Holding, Resolve, Resolved),
        (Recovering, Resolve, Resolved),
        (Resolved, PayTwice, Recovering));
}
