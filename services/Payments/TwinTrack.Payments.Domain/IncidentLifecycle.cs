using TwinTrack.Kernel;
using static TwinTrack.Payments.Domain.IncidentState;
using static TwinTrack.Payments.Domain.IncidentTrigger;

namespace TwinTrack.Payments.Domain;

public enum IncidentState
{
    /// <summary>Nobody has acted on it. Its obligation is never planned again in this state.</summary>
    Open,

    /// <summary>The other attempt is being stopped. How that attempt ends decides the incident.</summary>
    Holding,

    /// <summary>An amount was paid in error and is asked back, in one part or several.</summary>
    Recovering,

    /// <summary>One party proposes that a funding source bears the rest. The other party decides.</summary>
    WriteOffProposed,

    /// <summary>
    /// One party states that no payment was made and the obligation is to be paid again. The other party decides.
    /// </summary>
    ReleaseProposed,

    /// <summary>The whole amount came back.</summary>
    Recovered,

    /// <summary>A funding source bears what was not recovered.</summary>
    WrittenOff,

    /// <summary>Nothing was lost, or the contradicted attempt is the payment.</summary>
    Closed,
}

public enum IncidentTrigger
{
    /// <summary>Providers was asked to withdraw or recall the other attempt.</summary>
    Hold,

    /// <summary>It is known that money was paid in error.</summary>
    Lose,

    /// <summary>The last part of the claimed amount came back.</summary>
    Recover,

    ProposeWriteOff,

    ProposeRelease,

    /// <summary>The other party agrees to the proposal.</summary>
    Agree,

    Refuse,

    /// <summary>Evidence shows how it ended, without a loss.</summary>
    Close,

    /// <summary>The provider reports again that it paid an attempt that both parties had found unpaid.</summary>
    Reopen,
}

public static class IncidentLifecycle
{
    /// <summary>
    /// A closed incident opens again when the other attempt turns out to be paid. So a closed incident hides no loss.
    /// </summary>
    public static readonly TransitionTable<IncidentState, IncidentTrigger> Table = new(
        (Open, Hold, Holding),
        (Open, Lose, Recovering),
        (Open, ProposeRelease, ReleaseProposed),
        (Open, Close, Closed),
        (Holding, Lose, Recovering),
        (Holding, Close, Closed),
        (Recovering, Recover, Recovered),
        (Recovering, ProposeWriteOff, WriteOffProposed),
        (Recovering, Close, Closed),
        (WriteOffProposed, Agree, WrittenOff),
        (WriteOffProposed, Refuse, Recovering),
        (WriteOffProposed, Close, Closed),
        (ReleaseProposed, Lose, Recovering),
        (ReleaseProposed, Agree, Closed),
        (ReleaseProposed, Refuse, Open),
        (Recovered, ProposeRelease, ReleaseProposed),
        (Closed, Lose, Recovering),
        (Closed, Reopen, Open));

    /// <summary>States in which no work is left.</summary>
    public static readonly IncidentState[] Ended = [Recovered, WrittenOff, Closed];
}
