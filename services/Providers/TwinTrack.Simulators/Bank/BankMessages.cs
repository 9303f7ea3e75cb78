using System.Globalization;
using System.Xml.Linq;

namespace TwinTrack.Simulators.Bank;

/// <summary>The bank's answers to files and recalls: pain.002 and camt.029.</summary>
/// <param name="original">The message that the customer sent.</param>
internal sealed class BankMessages(BankDialect dialect, string original)
{
    /// <param name="reason">ExternalStatusReason1Code; null for none.</param>
    internal byte[] GroupStatus(string id, DateTimeOffset at, string messageId, string status, string? reason) =>
        Report(id, at, messageId, [new XElement("GrpSts", status), Reason(reason)], null);

    /// <summary>Lists each transaction with its status.</summary>
    internal byte[] TransactionStatus(string id, DateTimeOffset at, string messageId,
        IReadOnlyList<OrderReport> reports) =>
        Report(id, at, messageId, [], Block(messageId, null, reports));

    /// <summary>Lists only refused transactions, as many banks do. The others are accepted without a message.</summary>
    internal byte[] PartlyRefused(string id, DateTimeOffset at, string messageId, IReadOnlyList<OrderReport> refused) =>
        Report(id, at, messageId, [new XElement("GrpSts", "PART")], Block(messageId, "PART", refused));

    internal byte[] CancellationAnswer(
        string id, DateTimeOffset at, string unit,
        IReadOnlyList<(string InstrId, string EndToEndId, StopAnswer Answer)> answers)
    {
        var stopped = answers.Count(one => one.Answer == StopAnswer.Stopped);
        var confirmation = stopped == answers.Count ? "CNCL" : stopped == 0 ? "RJCR" : "PECR";
        return BankXml.Bytes(BankXml.Of(dialect.Resolution, new XElement(
            "RsltnOfInvstgtn",
            new XElement(
                "Assgnmt",
                new XElement("Id", id),
                new XElement("Assgnr", new XElement("Pty", new XElement("Nm", "Simulated bank"))),
                new XElement("Assgne", new XElement("Pty", new XElement("Nm", "Customer"))),
                new XElement("CreDtTm", Instant(at))),
            new XElement("Sts", new XElement("Conf", confirmation)),
            new XElement("CxlDtls", new XElement(
                "OrgnlPmtInfAndSts",
                new XElement("OrgnlPmtInfId", unit),
                answers.Select(one => new XElement(
                    "TxInfAndSts",
                    new XElement("OrgnlInstrId", one.InstrId),
                    new XElement("OrgnlEndToEndId", one.EndToEndId),
                    new XElement("TxCxlSts", one.Answer == StopAnswer.Stopped ? "ACCR" : "RJCR"),
                    one.Answer == StopAnswer.Stopped
                        ? null : new XElement("CxlStsRsnInf", new XElement("Rsn", new XElement("Cd", "PTNA"))))))))));
    }

    internal static string Instant(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static XElement Block(string messageId, string? status, IReadOnlyList<OrderReport> reports) => new(
        "OrgnlPmtInfAndSts",
        new XElement("OrgnlPmtInfId", messageId),
        status is null ? null : new XElement("PmtInfSts", status),
        reports.Select(report => new XElement(
            "TxInfAndSts",
            new XElement("OrgnlInstrId", report.Order.Reference),
            new XElement("OrgnlEndToEndId", report.Order.EndToEnd),
            new XElement("TxSts", report.Paid ? "ACSC" : "RJCT"),
            Reason(report.Paid ? null : "AC04"))));

    private byte[] Report(string id, DateTimeOffset at, string messageId, object?[] group, XElement? block) =>
        BankXml.Bytes(BankXml.Of(
        dialect.Status,
        new XElement(
            "CstmrPmtStsRpt",
            new XElement("GrpHdr", new XElement("MsgId", id), new XElement("CreDtTm", Instant(at))),
            new XElement("OrgnlGrpInfAndSts", new XElement("OrgnlMsgId", messageId),
                new XElement("OrgnlMsgNmId", original), group),
            block)));

    private static XElement? Reason(string? code) =>
        code is null ? null : new XElement("StsRsnInf", new XElement("Rsn", new XElement("Cd", code)));
}
