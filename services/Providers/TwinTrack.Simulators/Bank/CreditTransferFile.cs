using System.Globalization;
using System.Xml.Linq;
using TwinTrack.Kernel;

namespace TwinTrack.Simulators.Bank;

/// <summary>What the bank reads in a pain.001.001.09 or 03.</summary>
/// <param name="Account">The account to be debited, as the customer writes it.</param>
/// <param name="Wrong">Why the whole file is refused (ExternalStatusReason1Code); null when it is accepted.</param>
internal sealed record CreditTransferFile(string MessageId, string Message, string Account,
    IReadOnlyList<ProcessedOrder> Orders, string? Wrong)
{
    /// <exception cref="FormatException">It is XML, but not one of the accepted messages.</exception>
    internal static CreditTransferFile Read(byte[] content)
    {
        var (root, message) = BankXml.Load(content, "pain.001.001.09", "pain.001.001.03");
        var initiation = root.Element("CstmrCdtTrfInitn") ?? throw new FormatException("No credit transfer.");
        var header = initiation.Element("GrpHdr");
        var messageId = header?.Element("MsgId")?.Value ?? throw new FormatException("No MsgId.");
        var blocks = initiation.Elements("PmtInf").ToList();
        var transactions = blocks.SelectMany(block => block.Elements("CdtTrfTxInf")).ToList();
        var account = Need(Need(blocks.FirstOrDefault() ?? throw new FormatException("No PmtInf."), "DbtrAcct"), "Id")
            .Descendants().Last().Value;

        // AM20 number of transactions, AM10 control sum, AM03 currency (ISO 20022 ExternalStatusReason1Code).
        var wrong = transactions.Count == 0 || !Counts(header, transactions)
            || !blocks.TrueForAll(block => Counts(block, [.. block.Elements("CdtTrfTxInf")])) ? "AM20"
            : !Sums(header, transactions)
                || !blocks.TrueForAll(block => Sums(block, [.. block.Elements("CdtTrfTxInf")])) ? "AM10"
            : transactions.Select(Currency).Distinct().Count() != 1 ? "AM03"
            : null;
        return new CreditTransferFile(messageId, message, account,
            wrong is null ? [.. transactions.Select(one => Order(one, messageId))] : [], wrong);
    }

    private static ProcessedOrder Order(XElement transaction, string messageId)
    {
        var currency = Currency(transaction);
        var minor = Kernel.Currency.Of(currency).Then(known => known.Parse(Amount(transaction).Value))
            .Match(value => value, refusal => throw new FormatException(refusal.Reason));
        var account = Payee(Need(transaction, "CdtrAcct"));
        var id = Need(transaction, "PmtId");
        return new ProcessedOrder(Need(id, "InstrId").Value, Need(id, "EndToEndId").Value, account, minor, currency,
            messageId);
    }

    /// <summary>The proxy if there is one. The account beside it is then a placeholder.</summary>
    private static string Payee(XElement account) =>
        account.Element("Prxy") is { } proxy ? Need(proxy, "Id").Value : Need(account, "Id").Descendants()
            .First(one => one.Name == "IBAN" || (one.Name == "Id" && one.Parent!.Name == "Othr")).Value;

    private static bool Counts(XElement? level, List<XElement> transactions) =>
        level?.Element("NbOfTxs")?.Value == transactions.Count.ToString(CultureInfo.InvariantCulture);

    private static bool Sums(XElement? level, List<XElement> transactions) =>
        decimal.TryParse(level?.Element("CtrlSum")?.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out var sum)
        && sum == transactions.Sum(
            one => decimal.Parse(Amount(one).Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture));

    private static XElement Amount(XElement transaction) => Need(Need(transaction, "Amt"), "InstdAmt");

    private static string Currency(XElement transaction) => Amount(transaction).Attribute("Ccy")?.Value ?? "";

    private static XElement Need(XElement parent, string name) =>
        parent.Element(name) ?? throw new FormatException($"No {name}.");
}

/// <summary>What the bank reads in a camt.055.001.08 or 09.</summary>
/// <param name="Unit">The payment information block that the orders were in.</param>
internal sealed record CancellationFile(string Unit, IReadOnlyList<(string InstrId, string EndToEndId)> Transactions)
{
    internal static CancellationFile Read(byte[] content)
    {
        var (root, _) = BankXml.Load(content, "camt.055.001.08", "camt.055.001.09");
        var unit = root.Descendants("OrgnlPmtInfId").FirstOrDefault() ?? throw new FormatException("No OrgnlPmtInfId.");
        return new CancellationFile(unit.Value,
            [.. root.Descendants("TxInf").Select(one => (Id(one, "OrgnlInstrId"), Id(one, "OrgnlEndToEndId")))]);
    }

    private static string Id(XElement transaction, string name) =>
        transaction.Element(name)?.Value ?? throw new FormatException($"No {name}.");
}
