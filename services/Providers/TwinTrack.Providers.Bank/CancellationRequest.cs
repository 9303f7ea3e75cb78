using System.Security.Cryptography;
using System.Text;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Bank;

/// <summary>camt.055.001.08, the customer's request not to execute: one entry an order, reason CUST.</summary>
internal static class CancellationRequest
{
    private const string Message = "camt.055.001.08";

    internal static string FileName(string reference) => $"{reference}.camt055.xml";

    /// <summary>The same orders of the same unit always make the same request, so that asking twice lays down one file.</summary>
    internal static string ReferenceOf(Unit unit, IReadOnlyList<Order> orders)
    {
        var what = $"{unit.Reference}|{string.Join('|', orders.Select(order => order.Reference).Order(StringComparer.Ordinal))}";
        return $"RC{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(what)))[..30]}";
    }

    internal static byte[] Write(Connection connection, Unit unit, IReadOnlyList<Order> orders, string reference, DateTimeOffset at)
    {
        using var xml = new IsoWriter(Message);
        var (count, sum) = PaymentOrder.Totals(connection, orders);
        xml.Group("CstmrPmtCxlReq", () =>
        {
            xml.Group("Assgnmt", () =>
            {
                xml.Element("Id", reference);
                xml.Group("Assgnr", () => xml.Party("Pty", connection.Require("debtorName")));
                xml.Group("Assgne", () => xml.Agent("Agt", connection["debtorBic"]));
                xml.Element("CreDtTm", BankText.Instant(at));
            });
            xml.Group("CtrlData", () =>
            {
                xml.Element("NbOfTxs", count);
                xml.Element("CtrlSum", sum);
            });
            xml.Group("Undrlyg", () => xml.Group("OrgnlPmtInfAndCxl", () =>
            {
                xml.Element("OrgnlPmtInfId", unit.Reference);
                xml.Group("OrgnlGrpInf", () =>
                {
                    xml.Element("OrgnlMsgId", unit.Reference);
                    xml.Element("OrgnlMsgNmId", PaymentOrder.Message);
                });
                foreach (var order in orders)
                {
                    WriteOrder(xml, connection, unit, order);
                }
            }));
        });
        return xml.Finish();
    }

    private static void WriteOrder(IsoWriter xml, Connection connection, Unit unit, Order order) => xml.Group("TxInf", () =>
    {
        xml.Element("CxlId", $"C{order.Reference}");
        xml.Element("OrgnlInstrId", order.Reference);
        xml.Element("OrgnlEndToEndId", order.EndToEnd);
        xml.Element("OrgnlUETR", BankText.Uetr(order.Reference));
        xml.Amount("OrgnlInstdAmt", order.AmountMinor, connection.Currency);
        xml.Group("OrgnlReqdExctnDt", () => xml.Element("Dt", BankText.Day(unit.CreatedAt)));
        xml.Group("CxlRsnInf", () => xml.Group("Rsn", () => xml.Element("Cd", "CUST")));
    });
}
