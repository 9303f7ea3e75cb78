using TwinTrack.Kernel;

namespace TwinTrack.Providers.Bank;

/// <summary>
/// Refusals of this adapter, in order of precedence. None succeeds when repeated: the document or the setting must
/// change.
/// </summary>
internal static class BankRefusals
{
    internal static Refusal SettingMissing(string name) =>
        new("connection.setting_missing", $"A bank connection needs the setting '{name}'.", RefusalKind.Invalid);

    internal static Refusal SettingUnreadable(string name) =>
        new("connection.setting_unreadable", $"The setting '{name}' is not in its form.", RefusalKind.Invalid);

    /// <summary>Two settings contradict each other.</summary>
    internal static Refusal SettingsDisagree(string name, string because) =>
        new("connection.settings_disagree", $"The setting '{name}' cannot be kept: {because}.", RefusalKind.Invalid);

    /// <summary>The file differs from its checksum. It was put aside and must be sent again.</summary>
    internal static Refusal Damaged(string what) =>
        new("bank.damaged", $"A file and its checksum disagree; it lies in from-provider/damaged ({what}).",
            RefusalKind.Invalid);

    /// <summary>Broken XML, a DTD, or larger or deeper than allowed.</summary>
    internal static Refusal NotXml(string where) =>
        new("bank.not_xml", $"Not well-formed XML without a document type, within the size allowed ({where}).",
            RefusalKind.Invalid);

    internal static Refusal UnknownDocument() =>
        new("bank.unknown_document", "The root is none of the messages that are read here.", RefusalKind.Invalid);

    /// <summary>The business application header announces another message than the one behind it.</summary>
    internal static Refusal HeaderDisagrees() =>
        new("bank.header_disagrees", "The business application header names another message than the document's.",
            RefusalKind.Invalid);

    internal static Refusal FieldMissing(string where, string field) =>
        new("bank.field_missing", $"{where} has no {field}.", RefusalKind.Invalid);

    internal static Refusal FieldUnreadable(string where, string field) =>
        new("bank.field_unreadable", $"{where}: {field} cannot be read.", RefusalKind.Invalid);

    internal static Refusal OtherCurrency(string where) =>
        new("bank.other_currency", $"{where} is not in the channel's currency.", RefusalKind.Invalid);

    /// <summary>May succeed later, if the setting <c>statementAccount</c> is corrected.</summary>
    internal static Refusal OtherAccount(string where) =>
        new("bank.other_account",
            $"{where} is of another account than the channel's (settings debtorAccount, statementAccount).",
            RefusalKind.Invalid);

    internal static Refusal DetailsDoNotAddUp(string where) =>
        new("bank.details_do_not_add_up", $"{where}: the details do not add up to the entry.");

    internal static Refusal BalancesDoNotAddUp(string where) =>
        new("bank.balances_do_not_add_up",
            $"{where}: opening balance and booked entries do not make the closing balance.");

    internal static Refusal PageRepeated(string where) =>
        new("bank.page_repeated", $"{where}: this page of it was there before.", RefusalKind.Invalid);

    /// <summary>The same message id came before with other content. One of the two is wrong.</summary>
    internal static Refusal MessageIdReused() =>
        new("bank.message_id_reused", "A message with this id was read before and said something else.");
}
