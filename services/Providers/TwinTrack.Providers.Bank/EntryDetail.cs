using System.Xml.Linq;
using TwinTrack.Kernel;

namespace TwinTrack.Providers.Bank;

internal readonly record struct EntryAmount(string? Text, string? Currency);

/// <summary>
/// A transaction inside an entry, reduced to the needed parts, because an entry may hold a hundred thousand.
/// </summary>
internal sealed record EntryDetail(
    string? InstrId, string? EndToEndId, string? ProviderReference, string? Sign, EntryAmount? Own, EntryAmount? Inner,
    string? ReturnReason, string? SubFamily)
{
    internal static EntryDetail Of(XElement detail) => new(
        detail.Reference("Refs", "InstrId"),
        detail.Reference("Refs", "EndToEndId"),
        detail.Text("Refs", "AcctSvcrRef"),
        detail.Text("CdtDbtInd"),
        AmountOf(detail.Child("Amt")),
        AmountOf(detail.Child("AmtDtls")?.Child("TxAmt")?.Child("Amt")),
        ReasonOf(detail.Child("RtrInf")),
        BankStatusMap.SubFamily(detail));

    /// <summary>
    /// The amount of the transaction: its own, in versions from 03. Otherwise the one in the amount details, if it is
    /// in the account's currency. A single detail has the entry's amount, because its amount details may leave out
    /// charges.
    /// </summary>
    internal EntryAmount? Amount(Currency currency, bool several) =>
        Own ?? (several && Inner?.Currency == currency.Code ? Inner : null);

    internal BookedMovement Movement(XElement entry, long signed, DateOnly day)
    {
        var word = BankStatusMap.BookingWord(
            signed < 0, ReturnReason is not null, SubFamily ?? BankStatusMap.SubFamily(entry),
            entry.Text("RvslInd") is "true" or "1");
        return new BookedMovement(
            InstrId, EndToEndId, signed, BankStatusMap.OfBooking(word, ReturnReason), day,
            ProviderReference ?? entry.Text("AcctSvcrRef"));
    }

    private static EntryAmount? AmountOf(XElement? amount) =>
        amount is null ? null : new EntryAmount(amount.Value, (string?)amount.Attribute("Ccy"));

    /// <summary>Version 01 of camt.052 uses other elements. A return without a reason is still a return.</summary>
    private static string? ReasonOf(XElement? info) =>
        info is null ? null : info.CodeOrOwn("Rsn") ?? info.CodeOrOwn("RtrRsn") ?? BankStatusMap.Narrative;
}
