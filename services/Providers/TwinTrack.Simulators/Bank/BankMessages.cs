using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace TwinTrack.Simulators.Bank;

/// <summary>What the bank says: pain.002.001.10 and camt.029.001.09.</summary>
internal static class BankMessages
{
    private static readonly XNamespace Status = "urn:iso:std:iso:20022:tech:xsd:pain.002.001.10";
    private static readonly XNamespace Answer = "urn:iso:std:iso:20022:tech:xsd:camt.029.001.09";

    /// <param name="reason">ExternalStatusReason1Code; null for none.</param>
    internal static byte[] GroupStatus(string id, DateTimeOffset at, string messageId, string status, string? reason) =>
        Report(id, at, messageId, [new XElement(Status + "GrpSts", status), Reason(reason)], null);

    internal static byte[] TransactionStatus(string id, DateTimeOffset at, string messageId, IReadOnlyList<DeskReport> reports) =>
        Report(id, at, messageId, [], new XElement(
            Status + "OrgnlPmtInfAndSts",
            new XElement(Status + "OrgnlPmtInfId", messageId),
            reports.Select(report => new XElement(
                Status + "TxInfAndSts",
                new XElement(Status + "OrgnlInstrId", report.Order.Reference),
                new XElement(Status + "OrgnlEndToEndId", report.Order.EndToEnd),
                new XElement(Status + "TxSts", report.Paid ? "ACSC" : "RJCT"),
                Reason(report.Paid ? null : "AC04")))));

    internal static byte[] CancellationAnswer(
        string id, DateTimeOffset at, string unit, IReadOnlyList<(string InstrId, string EndToEndId, StopAnswer Answer)> answers)
    {
        var stopped = answers.Count(one => one.Answer == StopAnswer.Stopped);
        var confirmation = stopped == answers.Count ? "CNCL" : stopped == 0 ? "RJCR" : "PECR";
        return Bytes(new XElement(Answer + "Document", new XElement(
            Answer + "RsltnOfInvstgtn",
            new XElement(
                Answer + "Assgnmt",
                new XElement(Answer + "Id", id),
                new XElement(Answer + "Assgnr", new XElement(Answer + "Pty", new XElement(Answer + "Nm", "Simulated bank"))),
                new XElement(Answer + "Assgne", new XElement(Answer + "Pty", new XElement(Answer + "Nm", "Customer"))),
                new XElement(Answer + "CreDtTm", Instant(at))),
            new XElement(Answer + "Sts", new XElement(Answer + "Conf", confirmation)),
            new XElement(Answer + "CxlDtls", new XElement(
                Answer + "OrgnlPmtInfAndSts",
                new XElement(Answer + "OrgnlPmtInfId", unit),
                answers.Select(one => new XElement(
                    Answer + "TxInfAndSts",
                    new XElement(Answer + "OrgnlInstrId", one.InstrId),
                    new XElement(Answer + "OrgnlEndToEndId", one.EndToEndId),
                    new XElement(Answer + "TxCxlSts", one.Answer == StopAnswer.Stopped ? "ACCR" : "RJCR"),
                    one.Answer == StopAnswer.Stopped ? null : new XElement(Answer + "CxlStsRsnInf", new XElement(Answer + "Rsn", new XElement(Answer + "Cd", "PTNA"))))))))));
    }

    internal static string Instant(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    internal static byte[] Bytes(XElement root)
    {
        using var bytes = new MemoryStream();
        using (var text = new StreamWriter(bytes, new UTF8Encoding(false), leaveOpen: true))
        {
            new XDocument(root).Save(text, SaveOptions.DisableFormatting);
        }

        return bytes.ToArray();
    }

    private static byte[] Report(string id, DateTimeOffset at, string messageId, object?[] group, XElement? block) => Bytes(new XElement(
        Status + "Document",
        new XElement(
            Status + "CstmrPmtStsRpt",
            new XElement(Status + "GrpHdr", new XElement(Status + "MsgId", id), new XElement(Status + "CreDtTm", Instant(at))),
            new XElement(
                Status + "OrgnlGrpInfAndSts",
                new XElement(Status + "OrgnlMsgId", messageId),
                new XElement(Status + "OrgnlMsgNmId", "pain.001.001.09"),
                group),
            block)));

    private static XElement? Reason(string? code) =>
        code is null ? null : new XElement(Status + "StsRsnInf", new XElement(Status + "Rsn", new XElement(Status + "Cd", code)));
}
