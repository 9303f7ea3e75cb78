namespace TwinTrack.Providers.Channels;

/// <summary>Our own words in the place where else the provider's stand.</summary>
internal static class SystemCodes
{
    /// <summary>No journal line: it provably never left.</summary>
    public const string NeverSent = "NEVER_SENT";

    /// <summary>Kept back for an incident before it left.</summary>
    public const string Held = "HELD";

    public const string Journaled = "JOURNALED";

    /// <summary>The household is known, but not with the payee that was approved.</summary>
    public const string PayeeChanged = "PAYEE_CHANGED";

    public const string PayeeUnknown = "PAYEE_UNKNOWN";

    /// <summary>Sealed under another key, or not what its fingerprint says.</summary>
    public const string PayeeUnreadable = "PAYEE_UNREADABLE";

    /// <summary>Another currency than the channel's, or no amount.</summary>
    public const string NotPayableHere = "NOT_PAYABLE_HERE";

    /// <summary>We stopped between the journal and the answer, and nobody can say more yet.</summary>
    public const string Interrupted = "INTERRUPTED";

    /// <summary>The provider has had its time.</summary>
    public const string NoAnswer = "NO_ANSWER";

    public const string Statement = "STATEMENT";

    public const string ExpiredAbsent = "EXPIRED_ABSENT";
}

internal static class Micros
{
    /// <summary>What the database keeps of an instant, so that what is read back is what was used.</summary>
    public static DateTimeOffset Of(DateTimeOffset instant) =>
        instant.AddTicks(-(instant.Ticks % TimeSpan.TicksPerMicrosecond));
}
