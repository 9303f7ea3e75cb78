using System.Globalization;
using System.Xml.Linq;
using TwinTrack.Kernel;

namespace TwinTrack.Simulators.Bank;

/// <summary>
/// The bank's bookings: camt.053 with all bookings since the statement before, and camt.054 with single bookings.
/// </summary>
/// <param name="account">The customer's account, as the customer writes it.</param>
internal sealed class BankReports(BankDialect dialect, string account, Currency currency)
{
    /// <summary>The balance before the first payment: 10^14 minor units.</summary>
    private const long FloatMinor = 100_000_000_000_000;

    /// <summary>
    /// A final statement has a closing balance (CLBD) and the covered period. Any other is an interim statement (ITBD).
    /// </summary>
    /// <param name="pages">Most pages, together in one envelope; 1 gives the document alone.</param>
    internal byte[] Statement(LedgerStatement statement, bool final, int pages)
    {
        var (opening, message) = (FloatMinor + statement.Earlier.Sum(Signed), dialect.Statement);
        if (pages <= 1)
        {
            return BankXml.Bytes(Page(message, statement, final, statement.Entries, opening, (1, 1)));
        }

        var size = Math.Max(1, (statement.Entries.Count + pages - 1) / pages);
        var chunks = statement.Entries.Count == 0 ? [[]] : statement.Entries.Chunk(size).ToArray();
        var documents = new List<XElement>();
        foreach (var (chunk, number) in chunks.Select((chunk, at) => (chunk, at + 1)))
        {
            documents.Add(Page(message, statement, final, chunk, opening, (number, chunks.Length)));
            opening += chunk.Sum(Signed);
        }

        XNamespace head = "urn:iso:std:iso:20022:tech:xsd:head.001.001.02";
        return BankXml.Bytes(new XElement("Envelope", documents.Select(document =>
            new object[] { new XElement(head + "AppHdr", new XElement(head + "MsgDefIdr", message)), document })));
    }

    internal byte[] Notification(string id, DateTimeOffset at, IReadOnlyList<LedgerMovement> entries) =>
        BankXml.Bytes(BankXml.Of(
        dialect.Notification,
        new XElement(
            "BkToCstmrDbtCdtNtfctn",
            new XElement("GrpHdr", new XElement("MsgId", id), new XElement("CreDtTm", BankMessages.Instant(at))),
            new XElement(
                "Ntfctn",
                new XElement("Id", id),
                new XElement("CreDtTm", BankMessages.Instant(at)),
                Account(),
                entries.Select(entry => Entry(entry, BankDialect.VersionOf(dialect.Notification)))))));

    private XElement Page(string message, LedgerStatement statement, bool final, IReadOnlyList<LedgerMovement> entries,
        long opening, (int Number, int Of) page)
    {
        var (id, version) = (Invariant($"STMT{statement.Number:D8}"),
            BankDialect.VersionOf(message));
        return BankXml.Of(message, new XElement(
            "BkToCstmrStmt",
            new XElement("GrpHdr", new XElement("MsgId", id),
                new XElement("CreDtTm", BankMessages.Instant(statement.At)),
                version < 3 ? Paging("MsgPgntn", page) : null),
            new XElement(
                "Stmt",
                new XElement("Id", id),
                version < 3 ? null : Paging("StmtPgntn", page),
                new XElement("ElctrncSeqNb", statement.Number),
                new XElement("CreDtTm", BankMessages.Instant(statement.At)),
                final ? new XElement("FrToDt", new XElement("FrDtTm", BankMessages.Instant(statement.Since)),
                    new XElement("ToDtTm", BankMessages.Instant(statement.At))) : null,
                Account(),
                Balance(page.Number == 1 ? "OPBD" : "ITBD", opening, statement.At),
                Balance(final && page.Number == page.Of ? "CLBD" : "ITBD", opening + entries.Sum(Signed), statement.At),
                entries.Select(entry => Entry(entry, version)))));
    }

    private static XElement? Paging(string name, (int Number, int Of) page) =>
        page.Of == 1 ? null
            : new XElement(name, new XElement("PgNb", page.Number), new XElement("LastPgInd", page.Number == page.Of));

    private XElement Account() => new(
        "Acct", new XElement(
            "Id", IsIban(account) ? new XElement("IBAN", account) : new XElement("Othr", new XElement("Id", account))),
            new XElement("Ccy", currency.Code));

    private XElement Entry(LedgerMovement entry, int version)
    {
        var direction = entry.Returned ? "CRDT" : "DBIT";
        var reference = Invariant($"E{entry.Number:D10}");
        return new XElement(
            "Ntry",
            Amount(entry.AmountMinor),
            new XElement("CdtDbtInd", direction),
            version < 7 ? new XElement("Sts", "BOOK") : new XElement("Sts", new XElement("Cd", "BOOK")),
            new XElement("BookgDt", new XElement("Dt", Day(entry.At))),
            new XElement("AcctSvcrRef", reference),
            new XElement("BkTxCd", new XElement("Domn", new XElement("Cd", "PMNT"), new XElement(
                "Fmly", new XElement("Cd", "ICDT"), new XElement("SubFmlyCd", entry.Returned ? "RRTN" : "DMCT")))),
            new XElement("NtryDtls", new XElement(
                "TxDtls",
                new XElement(
                    "Refs", new XElement("AcctSvcrRef", reference), new XElement("InstrId", entry.Row.Reference),
                    new XElement("EndToEndId", entry.Row.EndToEnd)),
                version < 3 ? null : Amount(entry.AmountMinor),
                version < 3 ? null : new XElement("CdtDbtInd", direction),
                entry.Returned ? new XElement("RtrInf", new XElement("Rsn", new XElement("Cd", "AC04"))) : null)));
    }

    private XElement Balance(string code, long minor, DateTimeOffset at) => new(
        "Bal",
        new XElement("Tp", new XElement("CdOrPrtry", new XElement("Cd", code))),
        Amount(Math.Abs(minor)),
        new XElement("CdtDbtInd", minor < 0 ? "DBIT" : "CRDT"),
        new XElement("Dt", new XElement("Dt", Day(at))));

    private XElement Amount(long minor) => new("Amt", new XAttribute("Ccy", currency.Code), currency.Format(minor));

    private static bool IsIban(string text) =>
        text.Length is >= 15 and <= 34 && char.IsAsciiLetterUpper(text[0]) && char.IsAsciiLetterUpper(text[1])
        && char.IsAsciiDigit(text[2]) && char.IsAsciiDigit(text[3]) && text.All(char.IsAsciiLetterOrDigit);

    private static long Signed(LedgerMovement entry) => entry.Returned ? entry.AmountMinor : -entry.AmountMinor;

    private static string Day(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
