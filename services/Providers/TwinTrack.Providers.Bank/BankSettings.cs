using System.Text.RegularExpressions;
using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Bank;

/// <param name="Standard">The default value; null for none.</param>
/// <param name="Form">A regular expression for the whole value.</param>
internal sealed record BankSetting(string Name, string? Standard, string Form, string Meaning, bool Needed = false);

/// <summary>A bank's profile as data: every setting of a connection, its form and its default.</summary>
internal static class BankSettings
{
    internal static readonly IReadOnlyList<BankSetting> Table =
    [
        new("directory", null, ".+", "the directory shared with the bank's file transfer", Needed: true),
        new("debtorName", null, @"(?s).*\S.*", "who pays", Needed: true),
        new("debtorAccount", null, "[!-~]{1,34}", "the account that is debited: IBAN, or the bank's own number",
            Needed: true),
        new("debtorBic", null, "[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?", "the bank's BIC, where known"),
        new("statementAccount", null, "[!-~]{1,34}",
            "the same account as the bank writes it in statements; else debtorAccount"),
        new("orderMessage", "pain.001.001.09", @"pain\.001\.001\.(03|09)", "the version of the payment file"),
        new("recallMessage", "camt.055.001.08", @"camt\.055\.001\.(08|09)", "the version of the recall"),
        new("characterSet", "unicode", "unicode|latin", "latin: the SWIFT x set; names are transliterated"),
        new("accounts", "any", "any|iban|domestic|proxy",
            "how payees' accounts are written; any: IBAN where it is one; proxy: a phone number (not in 03)"),
        new("proxyType", "TELE", "[A-Z]{4}", "what kind of proxy (ExternalProxyAccountType1Code)"),
        new("accountScheme", null, "[A-Z]{4}",
            "scheme name of accounts that are no IBAN (ExternalAccountIdentification1Code), such as BBAN"),
        new("serviceLevel", null, "[A-Z0-9]{4}", "service level code, such as NURG or SEPA"),
        new("localInstrument", null, "[A-Z0-9]{1,35}", "local instrument code, such as INST"),
        new("localInstrumentOwn", null, "[!-~]{1,35}", "the bank's own word for it, instead"),
        new("categoryPurpose", "SSBE", "[A-Z]{4}", "category purpose code; SSBE: social benefit"),
        new("chargeBearer", "DEBT", "DEBT|SHAR|SLEV", "who bears the charges; DEBT: we do"),
        new("batchBooking", null, "true|false",
            "whether to ask for one booking a file; with it, absence from a statement proves little"),
        new("cutOff", null, "([01][0-9]|2[0-3]):[0-5][0-9]",
            "from this time of day on the execution date is the next day's"),
        new("utcOffset", "+00:00", @"[+-](0[0-9]|1[0-3]):[0-5][0-9]", "the bank's time of day against UTC"),
        new("closedDays", null, "(mon|tue|wed|thu|fri|sat|sun)(,(mon|tue|wed|thu|fri|sat|sun)){0,5}",
            "days on which the bank does not execute"),
        new("fileMaxTransactions", null, "[1-9][0-9]{0,6}",
            "the bank's limit of transactions a file; unitMax must hold to it"),
        new("fileMaxBytes", null, "[1-9][0-9]{3,9}", "the bank's limit of bytes a file; unitMax must hold to it"),
        new("numbering", "none", "none|files", "files: names of files begin with a sequence number of eight digits"),
        new("checksums", "none", "none|sha256", "sha256: beside each file lies a checksum file, both ways"),
        new("rejectReasons", null, @"[^,\s\p{C}]{1,35}(,[^,\s\p{C}]{1,35}){0,99}",
            "the bank's own reasons that its contract calls refused before execution"),
    ];

    private static readonly Dictionary<string, BankSetting> ByName = Table.ToDictionary(setting => setting.Name);

    private static readonly Dictionary<string, Regex> Forms = Table.ToDictionary(
        setting => setting.Name,
        setting => new Regex($@"\A(?:{setting.Form})\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)));

    /// <summary>The value that holds.</summary>
    internal static string? Of(Connection connection, string name) => connection[name] ?? ByName[name].Standard;

    /// <summary>The refusal of the first setting that is missing or malformed.</summary>
    internal static Refusal? Fault(Connection connection) =>
        Table.Where(setting => setting.Needed && connection[setting.Name] is null)
            .Select(setting => BankRefusals.SettingMissing(setting.Name))
            .Concat(Table.Where(setting => connection[setting.Name] is { } value && !Forms[setting.Name].IsMatch(value))
                .Select(setting => BankRefusals.SettingUnreadable(setting.Name)))
            .FirstOrDefault();
}
