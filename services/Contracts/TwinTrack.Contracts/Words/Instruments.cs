namespace TwinTrack.Contracts.Words;

/// <summary>How a household can be paid: <c>CaseloadRow.Instrument</c> and every row made from it.</summary>
public static class Instruments
{
    /// <summary>A mobile money wallet, by its phone number.</summary>
    public const string Mobile = "mobile";

    /// <summary>A bank account, by its number.</summary>
    public const string Bank = "bank";

    /// <summary>Cash, handed out against identification; no account.</summary>
    public const string Cash = "cash";
}
