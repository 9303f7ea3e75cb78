using System.Globalization;
using System.Text;
using System.Xml.Linq;
using TwinTrack.Kernel;

namespace TwinTrack.Providers.Tests.Bank;

/// <param name="Signed">Minor units; below zero is money that goes out.</param>
/// <param name="Return">Why it comes back; null when it is no return.</param>
internal sealed record PenLine(string InstrId, string EndToEndId, long Signed, string? Return = null);

/// <summary>
/// Writes account reports as banks do, in every version: a second opinion on what the schemas mean, apart from adapter
/// and simulator.
/// </summary>
internal sealed class BankPen(string message, string currency, string account = "DE89370400440532013000")
{
    private const long Opening = 1_000_000_000_000;

    private readonly XNamespace _ns = $"urn:iso:std:iso:20022:tech:xsd:{message}";
    private readonly Currency _currency = SeededOrders.Currency(currency);
    private readonly int _version = int.Parse(message[^2..], CultureInfo.InvariantCulture);
    private readonly string _family = message[..8];

    internal static string Text(XElement document) => document.ToString(SaveOptions.DisableFormatting);

    internal static byte[] Bytes(XElement document) => Encoding.UTF8.GetBytes(Text(document));

    /// <param name="batches">
    /// How many lines stand in one entry, in turn; each line has its own where this says 1.
    /// </param>
    /// <param name="page">Page and number of pages.</param>
    /// <param name="earlier">Lines on the pages before this one.</param>
    internal XElement Write(
        IReadOnlyList<PenLine> lines, int batches = 1, string id = "S1", string messageId = "M1",
        (int Number, int Of)? page = null, IReadOnlyList<PenLine>? earlier = null)
    {
        var (root, part, pages) = _family switch
        {
            "camt.053" => ("BkToCstmrStmt", "Stmt", "StmtPgntn"),
            "camt.054" => ("BkToCstmrDbtCdtNtfctn", "Ntfctn", "NtfctnPgntn"),
            _ => (_version == 1 ? "BkToCstmrAcctRptV01" : "BkToCstmrAcctRpt", "Rpt", "RptPgntn"),
        };
        var before = Opening + (earlier ?? []).Sum(line => line.Signed);
        var inMessage = _version < 3 ? page : null;
        return new XElement(_ns + "Document", E(
            root,
            E("GrpHdr", T("MsgId", messageId), T("CreDtTm", "2026-01-31T19:00:00Z"),
                inMessage is null ? null : Page("MsgPgntn", inMessage.Value)),
            E(
                part,
                T("Id", id),
                page is null || inMessage is not null ? null : Page(pages, page.Value),
                T("CreDtTm", "2026-01-31T19:00:00Z"),
                E("FrToDt", T("FrDtTm", "2026-01-31T00:00:00Z"), T("ToDtTm", "2026-01-31T18:00:00Z")),
                E("Acct", E("Id", T("IBAN", account))),
                _family == "camt.054" ? null : Balance(page is { Number: > 1 } ? "ITBD" : "OPBD", before),
                _family == "camt.054"
                    ? null : Balance(page is { } some && some.Number < some.Of ? "ITBD" : "CLBD",
                        before + lines.Sum(line => line.Signed)),
                Together(lines, batches).Select(Entry))));
    }

    /// <summary>
    /// Before version 03 a detail has no sign of its own: debits and credits cannot stand in one entry.
    /// </summary>
    private IEnumerable<PenLine[]> Together(IReadOnlyList<PenLine> lines, int batches) => _version >= 3
        ? lines.Chunk(batches)
        : lines.Chunk(batches)
            .SelectMany(chunk => chunk.GroupBy(line => line.Signed < 0).Select(group => group.ToArray()));

    /// <summary>Documents after their business application headers.</summary>
    internal static byte[] Envelope(params (string Message, XElement Document)[] documents) =>
        Bytes(new XElement("Envelope", documents.Select(one =>
    {
        XNamespace head = "urn:iso:std:iso:20022:tech:xsd:head.001.001.02";
        return new object[]
            { new XElement(head + "AppHdr", new XElement(head + "BizMsgIdr", "B1"),
                new XElement(head + "MsgDefIdr", one.Message)), one.Document };
    })));

    private XElement Entry(PenLine[] lines)
    {
        var total = lines.Sum(line => line.Signed);
        var details = lines.Select(line => Details(line, lines.Length)).ToList();
        var batch = lines.Length > 1 ? E("Btch", T("NbOfTxs", lines.Length.ToString(CultureInfo.InvariantCulture)))
            : null;
        return E(
            "Ntry",
            Amount(total),
            T("CdtDbtInd", Direction(total)),
            _version < 7 ? T("Sts", "BOOK") : E("Sts", T("Cd", "BOOK")),
            E("BookgDt", T("Dt", "2026-01-31")),
            T("AcctSvcrRef", $"B-{lines[0].InstrId}"[..Math.Min(33, lines[0].InstrId.Length + 2)]),
            E("BkTxCd", E("Domn", T("Cd", "PMNT"), E("Fmly", T("Cd", "ICDT"), T("SubFmlyCd", "DMCT")))),
            _version == 1 ? (object?[])[batch, .. details] : E("NtryDtls", [batch, .. details]));
    }

    private XElement Details(PenLine line, int among) => E(
        "TxDtls",
        E("Refs", T("InstrId", line.InstrId), T("EndToEndId", line.EndToEndId)),
        _version >= 3 ? (object[])[Amount(line.Signed), T("CdtDbtInd", Direction(line.Signed))]
            : among > 1 ? [E("AmtDtls", E("TxAmt", Amount(line.Signed)))]
            : [],
        line.Return is null ? null : E("RtrInf", E(_version == 1 ? "RtrRsn" : "Rsn", T("Cd", line.Return))));

    private XElement Balance(string code, long minor) => E(
        "Bal",
        E("Tp", _version == 1 ? T("Cd", code) : E("CdOrPrtry", T("Cd", code))),
        Amount(minor),
        T("CdtDbtInd", Direction(minor)),
        E("Dt", T("Dt", "2026-01-31")));

    private XElement Page(string name, (int Number, int Of) page) =>
        E(name, T("PgNb", page.Number.ToString(CultureInfo.InvariantCulture)),
            T("LastPgInd", page.Number == page.Of ? "true" : "false"));

    private XElement Amount(long signed) => new(
        _ns + "Amt", new XAttribute("Ccy", _currency.Code), _currency.Format(Math.Abs(signed)));

    private static string Direction(long signed) => signed < 0 ? "DBIT" : "CRDT";

    private XElement T(string name, string text) => new(_ns + name, text);

    private XElement E(string name, params object?[] inside) => new(_ns + name, inside);
}
