namespace TwinTrack.Providers.Domain;

/// <summary>Codes of an order that was held back, by the service or by its adapter: it provably never left.</summary>
public static class UnsentCode
{
    /// <summary>How all of them begin; bound to <c>Contracts/Words/ReportCodes</c>.</summary>
    public const string Prefix = "NEVER_SENT";
}
