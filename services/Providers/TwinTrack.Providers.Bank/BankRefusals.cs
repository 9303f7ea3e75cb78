using TwinTrack.Kernel;

namespace TwinTrack.Providers.Bank;

/// <summary>Every "no" of this adapter, in order of precedence. None succeeds when repeated: the document or the setting must change.</summary>
internal static class BankRefusals
{
    internal static Refusal SettingMissing(string name) =>
        new("connection.setting_missing", $"A bank connection needs the setting '{name}'.", RefusalKind.Invalid);

    internal static Refusal SettingUnreadable(string name) =>
        new("connection.setting_unreadable", $"The setting '{name}' is not in its form.", RefusalKind.Invalid);

    /// <summary>Broken XML, a DTD, or larger than allowed.</summary>
    internal static Refusal NotXml(string where) =>
        new("bank.not_xml", $"Not well-formed XML without a document type, within the size allowed ({where}).", RefusalKind.Invalid);

    internal static Refusal UnknownDocument() =>
        new("bank.unknown_document", "The root is none of the messages that are read here.", RefusalKind.Invalid);

    internal static Refusal FieldMissing(string where, string field) =>
        new("bank.field_missing", $"{where} has no {field}.", RefusalKind.Invalid);

    internal static Refusal FieldUnreadable(string where, string field) =>
        new("bank.field_unreadable", $"{where}: {field} cannot be read.", RefusalKind.Invalid);

    internal static Refusal OtherCurrency(string where) =>
        new("bank.other_currency", $"{where} is not in the channel's currency.", RefusalKind.Invalid);

    internal static Refusal DetailsDoNotAddUp(string where) =>
        new("bank.details_do_not_add_up", $"{where}: the details do not add up to the entry.");

    internal static Refusal BalancesDoNotAddUp(string where) =>
        new("bank.balances_do_not_add_up", $"{where}: opening balance and booked entries do not make the closing balance.");
}
