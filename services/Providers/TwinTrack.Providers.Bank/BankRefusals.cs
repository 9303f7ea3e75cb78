using TwinTrack.Kernel;

namespace TwinTrack.Providers.Bank;

/// <summary>
/// Refusals of this adapter, in order of precedence. None succeeds when repeated: the document or the setting must
/// change.
/// </summary>
internal static class BankRefusals
{
    internal static Refusal SettingMissing(string name) =>
        new("connection.setting_missing",
            $"The setting '{name}' is missing. A bank connection needs it; add it and set the connection again.",
            RefusalKind.Invalid);

    internal static Refusal SettingUnreadable(string name) =>
        new("connection.setting_unreadable",
            $"The setting '{name}' does not have the documented form. Correct it and set the connection again.",
            RefusalKind.Invalid);

    /// <summary>Two settings contradict each other.</summary>
    internal static Refusal SettingsDisagree(string name, string because) =>
        new("connection.settings_disagree",
            $"The setting '{name}' does not fit another setting: {because}. Correct one of them.", RefusalKind.Invalid);

    /// <summary>The file differs from its checksum. It was put aside and must be sent again.</summary>
    internal static Refusal Damaged(string what) =>
        new("bank.damaged",
            $"A file does not match its checksum. It is in from-provider/damaged ({what}); the bank must send it "
            + "again.",
            RefusalKind.Invalid);

    /// <summary>Broken XML, a DTD, or larger or deeper than allowed.</summary>
    internal static Refusal NotXml(string where) =>
        new("bank.not_xml",
            $"The file is not well-formed XML, has a document type, or is too large ({where}). The bank must send "
            + "a correct file.",
            RefusalKind.Invalid);

    internal static Refusal UnknownDocument() =>
        new("bank.unknown_document",
            "The root element is not one of the supported messages. Ask the bank for a supported version.",
            RefusalKind.Invalid);

    /// <summary>The business application header announces another message than the one behind it.</summary>
    internal static Refusal HeaderDisagrees() =>
        new("bank.header_disagrees",
            "The business application header names another message than the document. The bank must send a correct"
            + " file.",
            RefusalKind.Invalid);

    internal static Refusal FieldMissing(string where, string field) =>
        new("bank.field_missing", $"{where} has no {field}. The bank must send a correct file.", RefusalKind.Invalid);

    internal static Refusal FieldUnreadable(string where, string field) =>
        new("bank.field_unreadable",
            $"{where}: {field} cannot be read. The bank must send a correct file.", RefusalKind.Invalid);

    internal static Refusal OtherCurrency(string where) =>
        new("bank.other_currency",
            $"{where} is not in the channel's currency. Check that the file is for this channel.", RefusalKind.Invalid);

    /// <summary>May succeed later, if the setting <c>statementAccount</c> is corrected.</summary>
    internal static Refusal OtherAccount(string where) =>
        new("bank.other_account",
            $"{where} is for another account than the channel's. Check the settings debtorAccount and "
            + "statementAccount.",
            RefusalKind.Invalid);

    internal static Refusal DetailsDoNotAddUp(string where) =>
        new("bank.details_do_not_add_up",
            $"{where}: the details do not add up to the entry. The bank must send a correct file.");

    internal static Refusal BalancesDoNotAddUp(string where) =>
        new("bank.balances_do_not_add_up",
            $"{where}: the opening balance and the booked entries do not give the closing balance. The bank must "
            + "send a correct file.");

    internal static Refusal PageRepeated(string where) =>
        new("bank.page_repeated",
            $"{where}: this page was read before. The bank must send each page once.", RefusalKind.Invalid);

    /// <summary>The same message id came before with other content. One of the two is wrong.</summary>
    internal static Refusal MessageIdReused() =>
        new("bank.message_id_reused",
            "A message with this id was read before with other content. Ask the bank which of the two is right.");
}
