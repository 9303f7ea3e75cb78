using System.Globalization;
using System.Xml.Linq;
using TwinTrack.Kernel;

namespace TwinTrack.Simulators.Bank;

/// <summary>
/// camt.053.001.08 with all that was booked since the statement before. A final one closes the books (CLBD) and names the period that it covers; another is
/// an interim one (ITBD).
/// </summary>
internal static class BankStatement
{
    /// <summary>What lay on the account before the first payment: 10^14 minor units.</summary>
    private const long FloatMinor = 100_000_000_000_000;

    private static readonly XNamespace Ns = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08";

    internal static byte[] Write(BookStatement statement, string currencyCode, bool final)
    {
        var currency = Currency.Of(currencyCode).Match(known => known, refusal => throw new InvalidOperationException(refusal.Reason));
        var opening = FloatMinor + statement.Earlier.Sum(Signed);
        var closing = opening + statement.Entries.Sum(Signed);
        var id = string.Create(CultureInfo.InvariantCulture, $"STMT{statement.Number:D8}");
        return BankMessages.Bytes(new XElement(Ns + "Document", new XElement(
            Ns + "BkToCstmrStmt",
            new XElement(Ns + "GrpHdr", Text("MsgId", id), Text("CreDtTm", BankMessages.Instant(statement.At))),
            new XElement(
                Ns + "Stmt",
                Text("Id", id),
                Text("ElctrncSeqNb", statement.Number.ToString(CultureInfo.InvariantCulture)),
                Text("CreDtTm", BankMessages.Instant(statement.At)),
                final ? Inside("FrToDt", Text("FrDtTm", BankMessages.Instant(statement.Since)), Text("ToDtTm", BankMessages.Instant(statement.At))) : null,
                Inside("Acct", Inside("Id", Inside("Othr", Text("Id", "SIMULATED"))), Text("Ccy", currency.Code)),
                Balance("OPBD", opening, currency, statement.At),
                Balance(final ? "CLBD" : "ITBD", closing, currency, statement.At),
                statement.Entries.Select(entry => Entry(entry, currency))))));
    }

    private static XElement Entry(BookEntry entry, Currency currency)
    {
        var direction = entry.Returned ? "CRDT" : "DBIT";
        var reference = string.Create(CultureInfo.InvariantCulture, $"E{entry.Number:D10}");
        return Inside(
            "Ntry",
            Amount(entry.AmountMinor, currency),
            Text("CdtDbtInd", direction),
            Inside("Sts", Text("Cd", "BOOK")),
            Inside("BookgDt", Text("Dt", Day(entry.At))),
            Text("AcctSvcrRef", reference),
            Inside("BkTxCd", Inside("Domn", Text("Cd", "PMNT"), Inside(
                "Fmly", Text("Cd", "ICDT"), Text("SubFmlyCd", entry.Returned ? "RRTN" : "DMCT")))),
            Inside("NtryDtls", Inside(
                "TxDtls",
                Inside("Refs", Text("AcctSvcrRef", reference), Text("InstrId", entry.Row.Reference), Text("EndToEndId", entry.Row.EndToEnd)),
                Amount(entry.AmountMinor, currency),
                Text("CdtDbtInd", direction),
                entry.Returned ? Inside("RtrInf", Inside("Rsn", Text("Cd", "AC04"))) : null)));
    }

    private static XElement Balance(string code, long minor, Currency currency, DateTimeOffset at) => Inside(
        "Bal",
        Inside("Tp", Inside("CdOrPrtry", Text("Cd", code))),
        Amount(Math.Abs(minor), currency),
        Text("CdtDbtInd", minor < 0 ? "DBIT" : "CRDT"),
        Inside("Dt", Text("Dt", Day(at))));

    private static XElement Amount(long minor, Currency currency) =>
        new(Ns + "Amt", new XAttribute("Ccy", currency.Code), currency.Format(minor));

    private static long Signed(BookEntry entry) => entry.Returned ? entry.AmountMinor : -entry.AmountMinor;

    private static string Day(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static XElement Text(string name, string text) => new(Ns + name, text);

    private static XElement Inside(string name, params object?[] content) => new(Ns + name, content);
}
