using System.Globalization;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Bank;

/// <summary>
/// pain.001.001.09, the customer's credit transfer: one file a unit with one payment information block. A pure function of unit and connection, so that
/// writing it again gives the same bytes and the bank's duplicate check on MsgId holds.
/// </summary>
internal static class PaymentOrder
{
    internal const string Message = "pain.001.001.09";

    /// <summary>"Payment made by a government to support individuals" (ISO 20022 ExternalCategoryPurpose1Code).</summary>
    private const string SocialBenefit = "SSBE";

    internal static string FileName(string reference) => $"{reference}.pain001.xml";

    /// <summary>Whether an order can be written into a file; what cannot never leaves the house.</summary>
    internal static bool Fits(Order order) => order.AmountMinor > 0 && BankText.IsAccount(order.Payee.Account);

    internal static byte[] Write(Connection connection, Unit unit, IReadOnlyList<Order> orders)
    {
        using var xml = new IsoWriter(Message);
        var (count, sum) = Totals(connection, orders);
        xml.Group("CstmrCdtTrfInitn", () =>
        {
            xml.Group("GrpHdr", () =>
            {
                xml.Element("MsgId", unit.Reference);
                xml.Element("CreDtTm", BankText.Instant(unit.CreatedAt));
                xml.Element("NbOfTxs", count);
                xml.Element("CtrlSum", sum);
                xml.Party("InitgPty", connection.Require("debtorName"));
            });
            xml.Group("PmtInf", () =>
            {
                xml.Element("PmtInfId", unit.Reference);
                xml.Element("PmtMtd", "TRF");
                xml.Element("NbOfTxs", count);
                xml.Element("CtrlSum", sum);
                xml.Group("PmtTpInf", () => xml.Group("CtgyPurp", () => xml.Element("Cd", SocialBenefit)));
                xml.Group("ReqdExctnDt", () => xml.Element("Dt", BankText.Day(unit.CreatedAt)));
                xml.Party("Dbtr", connection.Require("debtorName"));
                xml.Account("DbtrAcct", connection.Require("debtorAccount"), connection.Currency);
                xml.Agent("DbtrAgt", connection["debtorBic"]);

                // All charges are ours: the household gets what it is entitled to.
                xml.Element("ChrgBr", "DEBT");
                foreach (var order in orders)
                {
                    WriteOrder(xml, connection, order);
                }
            });
        });
        return xml.Finish();
    }

    internal static (string Count, string Sum) Totals(Connection connection, IReadOnlyList<Order> orders) =>
        (orders.Count.ToString(CultureInfo.InvariantCulture), connection.Currency.Format(orders.Sum(order => order.AmountMinor)));

    private static void WriteOrder(IsoWriter xml, Connection connection, Order order) => xml.Group("CdtTrfTxInf", () =>
    {
        xml.Group("PmtId", () =>
        {
            xml.Element("InstrId", order.Reference);
            xml.Element("EndToEndId", order.EndToEnd);
            xml.Element("UETR", BankText.Uetr(order.Reference));
        });
        xml.Group("Amt", () => xml.Amount("InstdAmt", order.AmountMinor, connection.Currency));
        xml.Agent("CdtrAgt", order.Payee.BankBic);
        xml.Party("Cdtr", order.Payee.Name);
        xml.Account("CdtrAcct", order.Payee.Account!);
        xml.Group("RmtInf", () => xml.Element("Ustrd", BankText.Name(order.Programme)));
    });
}
