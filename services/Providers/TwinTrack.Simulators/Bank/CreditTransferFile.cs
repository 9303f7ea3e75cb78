using System.Globalization;
using System.Xml.Linq;
using TwinTrack.Kernel;

namespace TwinTrack.Simulators.Bank;

/// <summary>What the bank reads in a pain.001.001.09.</summary>
/// <param name="Wrong">Why the whole file is refused (ExternalStatusReason1Code); null when it is accepted.</param>
internal sealed record CreditTransferFile(string MessageId, IReadOnlyList<DeskOrder> Orders, string? Wrong)
{
    private static readonly XNamespace Ns = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09";

    /// <exception cref="FormatException">It is XML, but no pain.001.001.09.</exception>
    internal static CreditTransferFile Read(byte[] content)
    {
        using var bytes = new MemoryStream(content);
        var root = XElement.Load(bytes);
        var initiation = root.Element(Ns + "CstmrCdtTrfInitn") ?? throw new FormatException("No pain.001.001.09.");
        var header = initiation.Element(Ns + "GrpHdr");
        var messageId = header?.Element(Ns + "MsgId")?.Value ?? throw new FormatException("No MsgId.");
        var blocks = initiation.Elements(Ns + "PmtInf").ToList();
        var transactions = blocks.SelectMany(block => block.Elements(Ns + "CdtTrfTxInf")).ToList();

        // AM20 number of transactions, AM10 control sum, AM03 currency (ISO 20022 ExternalStatusReason1Code).
        var wrong = transactions.Count == 0 || !Counts(header, transactions) || !blocks.TrueForAll(block => Counts(block, [.. block.Elements(Ns + "CdtTrfTxInf")])) ? "AM20"
            : !Sums(header, transactions) || !blocks.TrueForAll(block => Sums(block, [.. block.Elements(Ns + "CdtTrfTxInf")])) ? "AM10"
            : transactions.Select(Currency).Distinct().Count() != 1 ? "AM03"
            : null;
        return new CreditTransferFile(messageId, wrong is null ? [.. transactions.Select(one => Order(one, messageId))] : [], wrong);
    }

    private static DeskOrder Order(XElement transaction, string messageId)
    {
        var currency = Currency(transaction);
        var minor = Kernel.Currency.Of(currency).Then(known => known.Parse(Amount(transaction).Value))
            .Match(value => value, refusal => throw new FormatException(refusal.Reason));
        var account = Need(Need(transaction, "CdtrAcct"), "Id").Descendants().Last().Value;
        var id = Need(transaction, "PmtId");
        return new DeskOrder(Need(id, "InstrId").Value, Need(id, "EndToEndId").Value, account, minor, currency, messageId);
    }

    private static bool Counts(XElement? level, List<XElement> transactions) =>
        level?.Element(Ns + "NbOfTxs")?.Value == transactions.Count.ToString(CultureInfo.InvariantCulture);

    private static bool Sums(XElement? level, List<XElement> transactions) =>
        decimal.TryParse(level?.Element(Ns + "CtrlSum")?.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var sum)
        && sum == transactions.Sum(one => decimal.Parse(Amount(one).Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture));

    private static XElement Amount(XElement transaction) => Need(Need(transaction, "Amt"), "InstdAmt");

    private static string Currency(XElement transaction) => Amount(transaction).Attribute("Ccy")?.Value ?? "";

    private static XElement Need(XElement parent, string name) => parent.Element(Ns + name) ?? throw new FormatException($"No {name}.");
}

/// <summary>What the bank reads in a camt.055.001.08.</summary>
/// <param name="Unit">The payment information block that the orders were in.</param>
internal sealed record CancellationFile(string Unit, IReadOnlyList<(string InstrId, string EndToEndId)> Transactions)
{
    private static readonly XNamespace Ns = "urn:iso:std:iso:20022:tech:xsd:camt.055.001.08";

    internal static CancellationFile Read(byte[] content)
    {
        using var bytes = new MemoryStream(content);
        var root = XElement.Load(bytes);
        var unit = root.Descendants(Ns + "OrgnlPmtInfId").FirstOrDefault() ?? throw new FormatException("No OrgnlPmtInfId.");
        return new CancellationFile(unit.Value, [.. root.Descendants(Ns + "TxInf").Select(one => (Id(one, "OrgnlInstrId"), Id(one, "OrgnlEndToEndId")))]);
    }

    private static string Id(XElement transaction, string name) =>
        transaction.Element(Ns + name)?.Value ?? throw new FormatException($"No {name}.");
}
