namespace TwinTrack.Contracts.Words;

/// <summary>Names of the services that send and receive messages.</summary>
public static class Services
{
    /// <summary>Who is in the caseload.</summary>
    public const string Enrolments = "enrolments";

    /// <summary>How much a household is due.</summary>
    public const string Entitlements = "entitlements";

    /// <summary>Whether and when money may leave.</summary>
    public const string Payments = "payments";

    /// <summary>By which channel.</summary>
    public const string Routing = "routing";

    /// <summary>What the provider said.</summary>
    public const string Providers = "providers";

    /// <summary>Whether it adds up.</summary>
    public const string Reconciliation = "reconciliation";
}
