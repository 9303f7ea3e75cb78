using System.Globalization;
using System.Xml.Linq;
using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Bank;

/// <summary>One transaction inside a booked entry.</summary>
/// <param name="Signed">Minor units; money that went out is below zero.</param>
/// <param name="Verdict">What the booking proves about the order that it names.</param>
internal sealed record BookedMovement(
    string? InstrId, string? EndToEndId, long Signed, Verdict Verdict, DateOnly BookedOn, string? ProviderReference);

/// <param name="Itemised">
/// Whether every part of a debit is shown, or it is a charge. Then the entry hides no payment of ours.
/// </param>
internal sealed record BookedEntry(IReadOnlyList<BookedMovement> Movements, bool Itemised)
{
    internal static readonly BookedEntry None = new([], Itemised: true);
}

/// <summary>
/// An entry (<c>Ntry</c>) of camt.052, 053 or 054 in any version, read detail by detail. Only <c>BOOK</c> counts. Only
/// CdtDbtInd gives the sign. RvslInd explains a sign and does not change it. With this rule the balances agree in all
/// sample statements that carry RvslInd.
/// </summary>
internal sealed class AccountEntry
{
    private static readonly HashSet<string> Kept =
        ["Amt", "CdtDbtInd", "RvslInd", "Sts", "BookgDt", "ValDt", "AcctSvcrRef", "BkTxCd"];

    private readonly XElement _entry = new("Ntry");
    private readonly List<EntryDetail> _details = [];
    private readonly Currency _currency;
    private readonly string _where;
    private long _declared;
    private bool _batch;

    private AccountEntry(Currency currency, string where) => (_currency, _where) = (currency, where);

    /// <summary>Reads the entry at the stream's current start tag, up to its end tag.</summary>
    /// <param name="where">For refusals: which entry this is.</param>
    internal static Result<BookedEntry> Read(IsoStream stream, Currency currency, string where)
    {
        var (read, level) = (new AccountEntry(currency, where), stream.Level);
        while (stream.Next() && !(stream.Ends && stream.Level == level))
        {
            if (!stream.Ends && stream.Name != "NtryDtls")
            {
                read.Take(stream, stream.Level == level + 1);
            }
        }

        return read.Booked();
    }

    /// <summary>camt.052.001.01 has batch and details in the entry itself; all others in <c>NtryDtls</c>.</summary>
    private void Take(IsoStream stream, bool own)
    {
        switch (stream.Name)
        {
            case "TxDtls":
                _details.Add(EntryDetail.Of(stream.Take()));
                break;
            case "Btch":
                _batch = true;
                _declared += Whole(stream.Take().Text("NbOfTxs"));
                break;
            case var name when own && Kept.Contains(name) && _entry.Child(name) is null:
                _entry.Add(stream.Take());
                break;
            default:
                stream.Skip();
                break;
        }
    }

    private Result<BookedEntry> Booked()
    {
        // Text up to version 06, a choice after it.
        if ((_entry.CodeOrOwn("Sts") ?? _entry.Text("Sts")) is not { } status)
        {
            return BankRefusals.FieldMissing(_where, "Sts");
        }

        if (BankStatusMap.Table.Read(BankStatusMap.EntryStatus, status).Outcome != Outcome.Settled)
        {
            return BookedEntry.None;
        }

        return Signed(_entry, null, _currency, _where).Then(total => Day() is { } day
            ? Split(total, day)
            : BankRefusals.FieldUnreadable(_where, "BookgDt"));
    }

    /// <summary>
    /// Splits the entry's amount by its details. A single detail without an amount has the entry's amount. If details
    /// are missing or have no amount, the rest names no order. Any other difference is refused.
    /// </summary>
    private Result<BookedEntry> Split(long total, DateOnly day)
    {
        var (movements, sum, unpriced, several) =
            (new List<BookedMovement>(_details.Count), 0L, 0, _details.Count > 1 || _declared > 1);
        foreach (var detail in _details)
        {
            if (detail.Amount(_currency, several) is not { } amount)
            {
                if (several)
                {
                    unpriced++;
                    continue;
                }

                amount = new EntryAmount(null, null);
            }

            if (!(amount.Text is null ? total
                : Minor(amount.Text, amount.Currency, detail.Sign ?? _entry.Text("CdtDbtInd"), _currency,
                    _where)).Allows(out var signed, out var refusal))
            {
                return refusal;
            }

            sum += signed;
            movements.Add(detail.Movement(_entry, signed, day));
        }

        if (sum != total && _details.Count > 0 && unpriced == 0 && _declared <= _details.Count)
        {
            return BankRefusals.DetailsDoNotAddUp(_where);
        }

        var itemised = total >= 0 || (_details.Count > 0 && unpriced == 0 && _declared <= _details.Count)
            || (!_batch && BankStatusMap.IsCharge(_entry));
        if (sum != total)
        {
            movements.Add(
                new BookedMovement(null, null, total - sum, Verdict.Unknown("REST"), day, _entry.Text("AcctSvcrRef")));
        }

        return new BookedEntry(movements, itemised);
    }

    /// <summary>Amount by sign. A detail without a sign has the entry's sign.</summary>
    internal static Result<long> Signed(XElement element, XElement? parent, Currency currency, string where) =>
        element.Child("Amt") is { } amount
            ? Minor(amount.Value, (string?)amount.Attribute("Ccy"),
                element.Text("CdtDbtInd") ?? parent?.Text("CdtDbtInd"), currency, where)
            : BankRefusals.FieldMissing(where, "Amt");

    private static Result<long> Minor(string text, string? code, string? sign, Currency currency, string where) =>
        code != currency.Code ? BankRefusals.OtherCurrency(where) : currency.Parse(text.Trim()).Match<Result<long>>(
            minor => sign switch
            {
                "CRDT" => minor,
                "DBIT" => -minor,
                _ => BankRefusals.FieldUnreadable(where, "CdtDbtInd"),
            },
            _ => BankRefusals.FieldUnreadable(where, "Amt"));

    private DateOnly? Day()
    {
        var text = _entry.Text("BookgDt", "Dt") ?? _entry.Text("BookgDt", "DtTm") ?? _entry.Text("ValDt", "Dt")
            ?? _entry.Text("ValDt", "DtTm");
        return text is { Length: >= 10 } && DateOnly.TryParseExact(
            text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;
    }

    private static long Whole(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Math.Min(number, int.MaxValue) : 0;
}
