using TwinTrack.Kernel;
using static TwinTrack.Payments.Domain.IncidentState;
using static TwinTrack.Payments.Domain.IncidentTrigger;

namespace TwinTrack.Payments.Domain;

public enum IncidentState
{
    /// <summary>Nobody has done anything about it. Its obligation is never planned again from here.</summary>
    Open,

    /// <summary>The other attempt is being stopped; its end decides.</summary>
    Holding,

    /// <summary>An amount is known to be in the wrong hands and is asked back, in one part or several.</summary>
    Recovering,

    /// <summary>
    /// One party proposes that a funding source bears what is not recovered; the other party has the second word.
    /// </summary>
    WriteOffProposed,

    /// <summary>
    /// One party says that no payment was made and the obligation is to be paid again; the other party has the second
    /// word.
    /// </summary>
    ReleaseProposed,

    /// <summary>All of it is back.</summary>
    Recovered,

    /// <summary>A funding source bears what was not recovered.</summary>
    WrittenOff,

    /// <summary>It proved to cost nothing, or to be the payment itself.</summary>
    Closed,
}

public enum IncidentTrigger
{
    /// <summary>The other attempt was asked to be withdrawn or recalled.</summary>
    Hold,

    /// <summary>Money is known to be in the wrong hands.</summary>
    Lose,

    /// <summary>The last part of what was asked back has come.</summary>
    Recover,

    ProposeWriteOff,

    ProposeRelease,

    /// <summary>The other party agrees to what was proposed.</summary>
    Agree,

    Refuse,

    /// <summary>Evidence shows how it ended, without a loss.</summary>
    Close,

    /// <summary>The provider says again that it paid what both parties had found unpaid.</summary>
    Reopen,
}

public static class IncidentLifecycle
{
    /// <summary>
    /// A closed incident opens again when the other attempt turns out to be paid: money is never lost to a closed file.
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

    /// <summary>States in which nobody has anything left to do.</summary>
    public static readonly IncidentState[] Ended = [Recovered, WrittenOff, Closed];
}
