namespace TwinTrack.Providers.Channels;

/// <summary>Our own codes, used where otherwise the provider's code is stored.</summary>
internal static class SystemCodes
{
    /// <summary>No journal line proves that it never left.</summary>
    public const string NeverSent = "NEVER_SENT";

    /// <summary>Kept back for an incident before it left.</summary>
    public const string Held = "HELD";

    public const string Journaled = "JOURNALED";

    /// <summary>The household is known, but its payee is not the approved payee.</summary>
    public const string PayeeChanged = "PAYEE_CHANGED";

    public const string PayeeUnknown = "PAYEE_UNKNOWN";

    /// <summary>Sealed under another key, or different from its fingerprint.</summary>
    public const string PayeeUnreadable = "PAYEE_UNREADABLE";

    /// <summary>Another currency than the channel's, or no amount.</summary>
    public const string NotPayableHere = "NOT_PAYABLE_HERE";

    /// <summary>The process stopped between the journal and the answer. More is not known yet.</summary>
    public const string Interrupted = "INTERRUPTED";

    /// <summary>The provider has had its time.</summary>
    public const string NoAnswer = "NO_ANSWER";

    public const string Statement = "STATEMENT";

    public const string ExpiredAbsent = "EXPIRED_ABSENT";
}

internal static class Micros
{
    /// <summary>Cuts an instant to the precision of the database, so that the value read back is equal.</summary>
    public static DateTimeOffset Of(DateTimeOffset instant) =>
        instant.AddTicks(-(instant.Ticks % TimeSpan.TicksPerMicrosecond));
}
