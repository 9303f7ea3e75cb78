using System.Security.Cryptography;
using System.Text;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Bank;

/// <summary>
/// camt.055, the customer's request not to execute, in version 08 or 09: one entry an order, reason CUST.
/// </summary>
internal static class CancellationRequest
{
    internal static string FileName(string reference) => $"{reference}.camt055.xml";

    /// <summary>
    /// The same orders of the same unit always give the same reference, so asking twice writes one file.
    /// </summary>
    internal static string ReferenceOf(Unit unit, IReadOnlyList<PaymentOrder> orders)
    {
        var what =
            $"{unit.Reference}|"
                + $"{string.Join('|', orders.Select(order => order.Reference).Order(StringComparer.Ordinal))}";
        return $"RC{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(what)))[..30]}";
    }

    internal static byte[] Write(BankProfile profile, Unit unit, IReadOnlyList<PaymentOrder> orders, string reference,
        DateTimeOffset at)
    {
        using var xml = new IsoWriter(profile.RecallMessage, profile.Latin);
        var (count, sum) = CreditTransferDocument.Totals(profile, orders);
        xml.Group("CstmrPmtCxlReq", () =>
        {
            xml.Group("Assgnmt", () =>
            {
                xml.Element("Id", reference);
                xml.Group("Assgnr", () => xml.Party("Pty", profile["debtorName"]!));
                xml.Group("Assgne", () => xml.Agent("Agt", profile["debtorBic"]));
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
                    xml.Element("OrgnlMsgNmId", profile.OrderMessage);
                });
                foreach (var order in orders)
                {
                    WriteOrder(xml, profile, unit, order);
                }
            }));
        });
        return xml.Finish();
    }

    private static void WriteOrder(IsoWriter xml, BankProfile profile, Unit unit, PaymentOrder order) =>
        xml.Group("TxInf", () =>
    {
        xml.Element("CxlId", $"C{order.Reference}");
        xml.Element("OrgnlInstrId", order.Reference);
        xml.Element("OrgnlEndToEndId", order.EndToEnd);
        xml.Element("OrgnlUETR", profile.IsModern ? BankText.Uetr(order.Reference) : null);
        xml.Amount("OrgnlInstdAmt", order.AmountMinor, profile.Currency);
        CreditTransferDocument.WriteDay(xml, "OrgnlReqdExctnDt", profile.ExecutionDay(unit), choice: true);
        xml.Group("CxlRsnInf", () => xml.Group("Rsn", () => xml.Element("Cd", "CUST")));
    });
}
