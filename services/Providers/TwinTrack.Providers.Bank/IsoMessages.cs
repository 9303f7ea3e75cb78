namespace TwinTrack.Providers.Bank;

/// <summary>What a bank's message is about.</summary>
internal enum IsoKind
{
    /// <summary>pain.002: the status of a payment file.</summary>
    Status,

    /// <summary>camt.029: the answer to a recall.</summary>
    Resolution,

    /// <summary>camt.053: what was booked, with balances.</summary>
    Statement,

    /// <summary>camt.054: single bookings.</summary>
    Notification,

    /// <summary>camt.052: bookings so far today.</summary>
    Interim,
}

/// <summary>One message family and the names that its versions share.</summary>
/// <param name="Family">Such as <c>camt.053.001</c>.</param>
/// <param name="Root">The element under <c>Document</c>; camt.052.001.01 adds a version to it.</param>
/// <param name="Part">The element that holds one account's report; null where the message has none.</param>
/// <param name="Pages">The element that numbers a part's pages.</param>
internal sealed record IsoForm(IsoKind Kind, string Family, string Root, string? Part = null, string? Pages = null);

/// <summary>
/// The messages that are read here: only versions whose schemas the readers are tested against. Otherwise an unknown
/// namespace would look like an empty document.
/// </summary>
internal static class IsoMessages
{
    internal const string NamespaceRoot = "urn:iso:std:iso:20022:tech:xsd:";

    private static readonly (IsoForm Form, string Versions)[] Families =
    [
        (new(IsoKind.Status, "pain.002.001", "CstmrPmtStsRpt"), "03 10 11 12"),
        (new(IsoKind.Resolution, "camt.029.001", "RsltnOfInvstgtn"), "09 13"),
        (new(IsoKind.Statement, "camt.053.001", "BkToCstmrStmt", "Stmt", "StmtPgntn"), "02 03 04 07 08 10 12"),
        (new(IsoKind.Notification, "camt.054.001", "BkToCstmrDbtCdtNtfctn", "Ntfctn", "NtfctnPgntn"), "02 04 08 10 12"),
        (new(IsoKind.Interim, "camt.052.001", "BkToCstmrAcctRpt", "Rpt", "RptPgntn"), "01 02 04 06 08 12"),
    ];

    private static readonly Dictionary<string, IsoForm> Known = Families
        .SelectMany(
        family => family.Versions.Split(' ').Select(version => (Name: $"{family.Form.Family}.{version}", family.Form)))
        .ToDictionary(message => message.Name, message => message.Form, StringComparer.Ordinal);

    internal static IEnumerable<string> Names => Known.Keys;

    internal static IsoForm? Of(string? message) =>
        message is not null && Known.TryGetValue(message, out var form) ? form : null;
}
