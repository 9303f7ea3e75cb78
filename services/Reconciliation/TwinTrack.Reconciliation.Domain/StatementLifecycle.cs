using TwinTrack.Kernel;
using static TwinTrack.Reconciliation.Domain.StatementState;
using static TwinTrack.Reconciliation.Domain.StatementTrigger;

namespace TwinTrack.Reconciliation.Domain;

public enum StatementState
{
    /// <summary>Its parts are arriving.</summary>
    Receiving,

    /// <summary>Complete, and its control totals agree. Its lines are being compared.</summary>
    Matching,

    /// <summary>Every line has its verdict.</summary>
    Matched,

    /// <summary>The received lines differ from the declared totals. None of its lines counts.</summary>
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
