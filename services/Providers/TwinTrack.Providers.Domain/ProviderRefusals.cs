using TwinTrack.Kernel;

namespace TwinTrack.Providers.Domain;

/// <summary>
/// Refusals of Providers, in order of precedence. Each says whether the same request may succeed later.
/// </summary>
public static class ProviderRefusals
{
    /// <summary>May succeed later, when Routing has registered the channel.</summary>
    public static readonly Refusal ChannelUnknown = new(
        "channel.unknown", "No such channel here.", RefusalKind.NotFound);

    /// <summary>May succeed later, when the connection's settings have been set.</summary>
    public static readonly Refusal ConnectionMissing = new(
        "connection.missing", "The channel has no connection settings yet.");

    /// <summary>Never.</summary>
    public static readonly Refusal SettingsTooMany = new(
        "connection.settings_too_many", "At most 64 settings of at most 16,000 characters each.", RefusalKind.Invalid);

    /// <summary>Never.</summary>
    public static readonly Refusal UploadEmpty = new(
        "statement.empty", "The statement has no content.", RefusalKind.Invalid);

    /// <summary>Never.</summary>
    public static readonly Refusal LineAmountUnreadable = new(
        "statement.amount_unreadable", "A line's amount is not above zero.");

    /// <summary>Never succeeds, unless the installation has the adapter.</summary>
    public static Refusal AdapterMissing(string adapter, IEnumerable<string> known) =>
        new("adapter.missing",
            $"This installation has no adapter '{adapter}'; it has {string.Join(", ", known)}.");

    /// <summary>Never.</summary>
    public static Refusal LineCurrency(int line, string currency) =>
        new("statement.currency",
            Invariant($"Line {line}: the channel does not pay in this line's currency, which must be {currency}."));

    /// <summary>Never.</summary>
    public static Refusal LineAmount(int line) =>
        LineAmountUnreadable with { Reason = Invariant($"Line {line}, amount: not above zero.") };
}
