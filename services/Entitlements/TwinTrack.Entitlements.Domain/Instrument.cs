namespace TwinTrack.Entitlements.Domain;

/// <summary>How a household can be paid; bound to <c>Contracts/Words/Instruments</c>.</summary>
public enum Instrument
{
    Mobile,
    Bank,
    Cash,
}
