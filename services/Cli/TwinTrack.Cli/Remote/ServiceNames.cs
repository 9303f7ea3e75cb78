namespace TwinTrack.Cli.Remote;

/// <summary>
/// The services behind the gateway, by their first path segment, in the order in which a payment meets them.
/// </summary>
internal static class ServiceNames
{
    public static readonly string[] All =
        ["auth", "enrolments", "entitlements", "payments", "routing", "providers", "reconciliation"];
}
