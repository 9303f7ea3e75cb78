using System.Globalization;
using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Bank;

/// <summary>
/// pain.001, the customer's credit transfer, in version 09 or 03: one file per unit with one payment information block.
/// It is a pure function of unit and profile. So writing it again gives the same bytes, and the bank's duplicate check
/// on MsgId works.
/// </summary>
internal static class CreditTransferDocument
{
    private const int HeaderBytesMax = 4_096;
    private const int OrderBytesMax = 2_560;

    internal static string FileName(string reference) => $"{reference}.pain001.xml";

    /// <summary>
    /// The largest size of a file with this many orders, with names of 140 escaped characters. A test checks it.
    /// </summary>
    internal static long BytesMax(int orders) => HeaderBytesMax + ((long)orders * OrderBytesMax);

    /// <summary>Whether an order can be written into this bank's file. Other orders are never sent.</summary>
    internal static bool Fits(BankProfile profile, PaymentOrder order) =>
        order.AmountMinor > 0 && order.Payee.Account is { } account && profile.Accounts switch
        {
            AccountForm.Iban => BankText.IsIban(account),
            AccountForm.Proxy => PhoneNumber.Read(account) is not null,
            _ => BankText.IsAccount(account, profile.Latin),
        };

    internal static byte[] Write(BankProfile profile, Unit unit, IReadOnlyList<PaymentOrder> orders)
    {
        using var xml = new IsoWriter(profile.OrderMessage, profile.Latin);
        var (count, sum) = Totals(profile, orders);
        xml.Group("CstmrCdtTrfInitn", () =>
        {
            xml.Group("GrpHdr", () =>
            {
                xml.Element("MsgId", unit.Reference);
                xml.Element("CreDtTm", BankText.Instant(unit.CreatedAt));
                xml.Element("NbOfTxs", count);
                xml.Element("CtrlSum", sum);
                xml.Party("InitgPty", profile["debtorName"]!);
            });
            xml.Group("PmtInf", () =>
            {
                xml.Element("PmtInfId", unit.Reference);
                xml.Element("PmtMtd", "TRF");
                xml.Element("BtchBookg", profile.BatchBooking is { } batch ? (batch ? "true" : "false") : null);
                xml.Element("NbOfTxs", count);
                xml.Element("CtrlSum", sum);
                WriteType(xml, profile);
                WriteDay(xml, "ReqdExctnDt", profile.ExecutionDay(unit), profile.IsModern);
                xml.Party("Dbtr", profile["debtorName"]!);
                xml.Account("DbtrAcct", profile["debtorAccount"]!, currency: profile.Currency);
                xml.Agent("DbtrAgt", profile["debtorBic"]);
                xml.Element("ChrgBr", profile["chargeBearer"]);
                foreach (var order in orders)
                {
                    WriteOrder(xml, profile, order);
                }
            });
        });
        return xml.Finish();
    }

    internal static (string Count, string Sum) Totals(BankProfile profile, IReadOnlyList<PaymentOrder> orders) =>
        (orders.Count.ToString(CultureInfo.InvariantCulture),
            profile.Currency.Format(orders.Sum(order => order.AmountMinor)));

    /// <summary>A day is a choice element in the newer messages and plain text in the older.</summary>
    internal static void WriteDay(IsoWriter xml, string element, DateOnly day, bool choice)
    {
        var text = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (choice)
        {
            xml.Group(element, () => xml.Element("Dt", text));
        }
        else
        {
            xml.Element(element, text);
        }
    }

    private static void WriteType(IsoWriter xml, BankProfile profile) => xml.Group("PmtTpInf", () =>
    {
        xml.Choice("SvcLvl", "Cd", profile["serviceLevel"]);
        xml.Choice("LclInstrm", "Cd", profile["localInstrument"]);
        xml.Choice("LclInstrm", "Prtry", profile["localInstrumentOwn"]);
        xml.Choice("CtgyPurp", "Cd", profile["categoryPurpose"]);
    });

    private static void WriteOrder(IsoWriter xml, BankProfile profile, PaymentOrder order) =>
        xml.Group("CdtTrfTxInf", () =>
    {
        xml.Group("PmtId", () =>
        {
            xml.Element("InstrId", order.Reference);
            xml.Element("EndToEndId", order.EndToEnd);
            xml.Element("UETR", profile.IsModern ? BankText.Uetr(order.Reference) : null);
        });
        xml.Group("Amt", () => xml.Amount("InstdAmt", order.AmountMinor, profile.Currency));
        xml.Agent("CdtrAgt", order.Payee.BankBic);
        xml.Party("Cdtr", order.Payee.Name);
        if (profile.Accounts == AccountForm.Proxy)
        {
            xml.Proxy("CdtrAcct", profile["proxyType"]!, order.Payee.Account!);
        }
        else
        {
            xml.Account("CdtrAcct", order.Payee.Account!, profile["accountScheme"],
                ibanKnown: profile.Accounts != AccountForm.Domestic);
        }

        xml.Group("RmtInf", () => xml.Element("Ustrd", xml.Name(order.Programme)));
    });
}
