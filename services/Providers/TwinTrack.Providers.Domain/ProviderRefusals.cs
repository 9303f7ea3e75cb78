using TwinTrack.Kernel;

namespace TwinTrack.Providers.Domain;

/// <summary>
/// Refusals of Providers, in order of precedence. Each says whether the same request may succeed later.
/// </summary>
public static class ProviderRefusals
{
    /// <summary>May succeed later, when Routing has registered the channel.</summary>
    public static readonly Refusal ChannelUnknown = new(
        "channel.unknown",
            "Providers has no channel with this code. Check the code, or register the channel first.",
            RefusalKind.NotFound);

    /// <summary>May succeed later, when the connection's settings have been set.</summary>
    public static readonly Refusal ConnectionMissing = new(
        "connection.missing",
            "The channel has no connection settings yet. Set its connection first.");

    /// <summary>May succeed later, when Payments has released the instruction.</summary>
    public static readonly Refusal PaymentOrderUnknown = new(
        "payment_order.unknown",
            "Providers has no payment order for this instruction. Check the id, or wait until it is released.",
            RefusalKind.NotFound);

    public static readonly Refusal StatementNotImported = new(
        "statement.not_imported",
            "No statement with this id was imported. Check the id in the answer to the import.",
            RefusalKind.NotFound);

    public static readonly Refusal EvidenceUnknown = new(
        "evidence.unknown",
            "No evidence has this id. Check the id in the list of evidence.",
            RefusalKind.NotFound);

    /// <summary>Never.</summary>
    public static readonly Refusal SettingsTooMany = new(
        "connection.settings_too_many",
            "There are too many or too long settings. Give at most 64 settings of at most 16,000 characters each.",
            RefusalKind.Invalid);

    /// <summary>Never.</summary>
    public static readonly Refusal UploadEmpty = new(
        "statement.empty", "The statement has no content. Send the whole file.", RefusalKind.Invalid);

    /// <summary>Never.</summary>
    public static readonly Refusal LineAmountUnreadable = new(
        "statement.amount_unreadable",
            "A line's amount is not above zero. The provider must send a correct statement.");

    /// <summary>Never succeeds, unless the installation has the adapter.</summary>
    public static Refusal AdapterMissing(string adapter, IEnumerable<string> known) =>
        new("adapter.missing",
            $"This installation has no adapter '{adapter}'. Use one of: {string.Join(", ", known)}.");

    /// <summary>Never.</summary>
    public static Refusal LineCurrency(int line, string currency) =>
        new("statement.currency",
            Invariant($"Line {line} is not in the channel's currency, {currency}. ")
            + "Check that the statement is for this channel.");

    /// <summary>Never.</summary>
    public static Refusal LineAmount(int line) =>
        LineAmountUnreadable with { Reason = Invariant($"Line {line}, amount: not above zero.") };
}
