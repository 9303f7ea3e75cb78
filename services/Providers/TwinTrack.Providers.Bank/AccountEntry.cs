using System.Globalization;
using System.Xml.Linq;
using TwinTrack.Kernel;

namespace TwinTrack.Providers.Bank;

/// <summary>One movement inside a booked entry.</summary>
/// <param name="Signed">Minor units; below zero is money that went out.</param>
/// <param name="ReturnReason">Why it came back (ExternalReturnReason1Code); null when it is no return.</param>
internal sealed record Movement(
    string? InstrId, string? EndToEndId, long Signed, string? ReturnReason, DateOnly BookedOn, string? ProviderReference);

/// <summary>
/// An entry (<c>Ntry</c>) of camt.053/054.001.08. Only <c>BOOK</c> counts. The sign comes from CdtDbtInd alone: RvslInd explains a sign and does not turn it
/// (the balance equation holds so in all sample statements that carry it).
/// </summary>
internal static class AccountEntry
{
    /// <summary>The entry's movements; none when it is not booked.</summary>
    /// <param name="where">For refusals: which entry this is.</param>
    internal static Result<IReadOnlyList<Movement>> Read(XElement entry, Currency currency, string where)
    {
        if ((entry.Text("Sts", "Cd") ?? entry.Text("Sts", "Prtry")) is not { } status)
        {
            return BankRefusals.FieldMissing(where, "Sts");
        }

        if (status != "BOOK")
        {
            return Array.Empty<Movement>();
        }

        if (!Signed(entry, null, currency, where).Allows(out var total, out var refusal))
        {
            return refusal;
        }

        if (Booked(entry) is not { } bookedOn)
        {
            return BankRefusals.FieldUnreadable(where, "BookgDt");
        }

        var details = entry.Children("NtryDtls").SelectMany(part => part.Children("TxDtls")).ToList();
        var declared = entry.Children("NtryDtls").Sum(part => Whole(part.Text("Btch", "NbOfTxs")));
        return Split(entry, details, declared, total, bookedOn, currency, where);
    }

    /// <summary>
    /// Money by its details. A single detail without an amount is the entry; details that are fewer than declared, or that carry no amount, leave a rest
    /// that names no order. Anything else that does not add up is refused.
    /// </summary>
    private static Result<IReadOnlyList<Movement>> Split(
        XElement entry, List<XElement> details, long declared, long total, DateOnly bookedOn, Currency currency, string where)
    {
        var (movements, sum, unpriced) = (new List<Movement>(), 0L, 0);
        foreach (var detail in details)
        {
            if (detail.Child("Amt") is null && (details.Count > 1 || declared > 1))
            {
                unpriced++;
                continue;
            }

            if (!(detail.Child("Amt") is null ? total : Signed(detail, entry, currency, where)).Allows(out var signed, out var refusal))
            {
                return refusal;
            }

            sum += signed;
            movements.Add(new Movement(
                detail.Text("Refs", "InstrId"), detail.Text("Refs", "EndToEndId"), signed, ReturnReason(detail), bookedOn,
                detail.Text("Refs", "AcctSvcrRef") ?? entry.Text("AcctSvcrRef")));
        }

        if (sum != total)
        {
            if (details.Count > 0 && unpriced == 0 && declared <= details.Count)
            {
                return BankRefusals.DetailsDoNotAddUp(where);
            }

            movements.Add(new Movement(null, null, total - sum, null, bookedOn, entry.Text("AcctSvcrRef")));
        }

        return movements;
    }

    /// <summary>Amount by sign. A detail without a sign of its own has the entry's.</summary>
    internal static Result<long> Signed(XElement element, XElement? parent, Currency currency, string where)
    {
        if (element.Child("Amt") is not { } amount)
        {
            return BankRefusals.FieldMissing(where, "Amt");
        }

        if ((string?)amount.Attribute("Ccy") != currency.Code)
        {
            return BankRefusals.OtherCurrency(where);
        }

        var sign = element.Text("CdtDbtInd") ?? parent?.Text("CdtDbtInd");
        return currency.Parse(amount.Value.Trim()).Match<Result<long>>(
            minor => sign switch
            {
                "CRDT" => minor,
                "DBIT" => -minor,
                _ => BankRefusals.FieldUnreadable(where, "CdtDbtInd"),
            },
            _ => BankRefusals.FieldUnreadable(where, "Amt"));
    }

    private static string? ReturnReason(XElement detail) =>
        detail.Child("RtrInf") is { } info ? info.Text("Rsn", "Cd") ?? info.Text("Rsn", "Prtry") ?? "NARR" : null;

    private static DateOnly? Booked(XElement entry)
    {
        var text = entry.Text("BookgDt", "Dt") ?? entry.Text("BookgDt", "DtTm") ?? entry.Text("ValDt", "Dt") ?? entry.Text("ValDt", "DtTm");
        return text is { Length: >= 10 } && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;
    }

    private static long Whole(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Min(number, int.MaxValue) : 0;
}
