using TwinTrack.Kernel;

namespace TwinTrack.Reconciliation.Domain;

/// <summary>What moved funds; bound to <c>Contracts/Words/FundMovements</c>.</summary>
public enum FundMovementKind
{
    Deposited,
    Committed,
    Decommitted,
}

/// <summary>The posting rules of funds, one for each kind of movement that Payments reports.</summary>
public static class FundPostingRules
{
    /// <summary>The posting of one movement. An unknown kind, or a commitment without a batch, is refused.</summary>
    /// <param name="kind">deposited, committed or decommitted.</param>
    /// <param name="programme">The programme's code.</param>
    /// <param name="source">Code of the funding source.</param>
    /// <param name="batch">Null for a deposit.</param>
    /// <param name="amountMinor">Minor units.</param>
    public static Result<Posting> Of(string kind, string programme, string source, BatchId? batch, long amountMinor) =>
        (Word.Read<FundMovementKind>(kind), batch) switch
        {
            (FundMovementKind.Deposited, null) =>
                new Posting(kind, Account.Funds(programme, source), Account.Deposits(programme, source), amountMinor),
            (FundMovementKind.Committed, { } id) =>
                new Posting(kind, Account.Committed(id, source), Account.Funds(programme, source), amountMinor),
            (FundMovementKind.Decommitted, { } id) =>
                new Posting(kind, Account.Funds(programme, source), Account.Committed(id, source), amountMinor),
            _ => new Refusal("funds.unknown_kind",
                "This kind of fund movement is unknown, so it cannot be booked. Update Reconciliation to the "
                + "version of Payments.",
                RefusalKind.Invalid),
        };
}
