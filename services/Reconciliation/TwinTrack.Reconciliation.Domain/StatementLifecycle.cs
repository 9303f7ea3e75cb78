using TwinTrack.Kernel;
using static TwinTrack.Reconciliation.Domain.StatementState;
using static TwinTrack.Reconciliation.Domain.StatementTrigger;

namespace TwinTrack.Reconciliation.Domain;

public enum StatementState
{
    /// <summary>Its parts are arriving.</summary>
    Receiving,

    /// <summary>All there and its control totals hold; its lines are being compared.</summary>
    Matching,

    /// <summary>Every line has its verdict.</summary>
    Matched,

    /// <summary>What arrived is not what was declared: no line of it counts.</summary>
    Refused,
}

public enum StatementTrigger
{
    Complete,
    Refuse,
    Finish,
}

public static class StatementLifecycle
{
    public static readonly TransitionTable<StatementState, StatementTrigger> Table = new(
        (Receiving, Complete, Matching),
        (Receiving, Refuse, Refused),
        (Matching, Finish, Matched));
}
