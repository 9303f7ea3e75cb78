using System.Text;

namespace TwinTrack.Simulators.Bank;

/// <summary>
/// Files that a bank, or an attacker, should never send. Each must be refused and must change nothing.
/// </summary>
internal static class HostileFiles
{
    private const string Root = "urn:iso:std:iso:20022:tech:xsd:";

    /// <param name="number">Number of the file, in turn.</param>
    /// <param name="used">A message id that the bank has used already.</param>
    /// <param name="unit">A unit that the file would harm.</param>
    internal static byte[] Make(long number, BankDialect dialect, string used, string unit)
    {
        var rejection =
            $"<CstmrPmtStsRpt><GrpHdr><MsgId>{used}</MsgId></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>{unit}</OrgnlMsgId>"
            + "<OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId><GrpSts>RJCT</GrpSts></OrgnlGrpInfAndSts></CstmrPmtStsRpt>";
        string Document(string message, string inside) => $"<Document xmlns=\"{Root}{message}\">{inside}</Document>";
        string[] files =
        [
            Document(dialect.Status, rejection),
            "<!DOCTYPE Document [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
                + Document(dialect.Status, rejection.Replace(unit, "&x;", StringComparison.Ordinal)),
            "<!DOCTYPE Document [<!ENTITY a \"aaaaaaaaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c "
                + "\"&b;&b;&b;&b;&b;&b;&b;&b;\">]>" + Document(dialect.Status, "&c;"),
            Document("pain.002.001.99", rejection),
            Document(dialect.Status, rejection)[..^40],
            Document(dialect.Status, string.Concat(Enumerable.Repeat("<a>", 100_000))),
            $"<Envelope><AppHdr xmlns=\"{Root}head.001.001.02\"><MsgDefIdr>camt.053.001.08</MsgDefIdr></AppHdr>"
                + $"{Document(dialect.Status, rejection)}</Envelope>",
            "\0\0\0\0",
        ];
        return Encoding.UTF8.GetBytes(files[number % files.Length]);
    }
}
