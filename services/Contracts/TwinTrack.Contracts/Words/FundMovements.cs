namespace TwinTrack.Contracts.Words;

/// <summary>Kinds of a booked amount of a programme's funds: <c>FundMovementRecorded.Kind</c>.</summary>
public static class FundMovements
{
    /// <summary>A source put money at the programme's disposal.</summary>
    public const string Deposited = "deposited";

    /// <summary>Money was set aside for a batch that was released.</summary>
    public const string Committed = "committed";

    /// <summary>Money that a batch did not pay out was given back to its source.</summary>
    public const string Decommitted = "decommitted";
}
