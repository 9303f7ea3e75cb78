namespace TwinTrack.Contracts.Words;

/// <summary>What a line of a provider's statement shows: <c>StatementRow.Kind</c>.</summary>
public static class StatementLineKinds
{
    /// <summary>Money went out to a payee.</summary>
    public const string Paid = "paid";

    /// <summary>Money that had gone out came back.</summary>
    public const string Returned = "returned";
}
