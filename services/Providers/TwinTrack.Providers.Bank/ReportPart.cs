using System.Globalization;
using System.Xml.Linq;
using TwinTrack.Kernel;

namespace TwinTrack.Providers.Bank;

/// <summary>The data of one report (<c>Stmt</c>, <c>Ntfctn</c>, <c>Rpt</c>) other than its entries.</summary>
internal sealed class ReportPart(Currency currency, string where)
{
    private long? _interimFirst;
    private long? _interimLast;
    private int _interims;
    private long? _opened;
    private long? _carried;
    private long? _closed;

    internal string Where => where;

    internal string? Id { get; private set; }

    internal (string? Number, string? Last) Page { get; private set; }

    internal DateTimeOffset? CreatedAt { get; private set; }

    internal DateTimeOffset? From { get; private set; }

    internal DateTimeOffset? Until { get; private set; }

    internal string? Account { get; private set; }

    internal long Booked { get; set; }

    internal bool Itemised { get; set; } = true;

    /// <summary>OPBD, or the closing balance of the period before, or the first of several interim ones.</summary>
    internal long? Opening => _opened ?? _carried ?? (_interims > 1 ? _interimFirst : null);

    /// <summary>CLBD, or the last interim one.</summary>
    internal long? Closing => _closed ?? _interimLast;

    internal bool HasClosedBooks => _closed is not null;

    /// <summary>Reads the current element, or skips it.</summary>
    internal Refusal? Keep(IsoStream stream, IsoForm form)
    {
        switch (stream.Name)
        {
            case "Id":
                Id = stream.Take().Value.Trim();
                return null;
            case "CreDtTm":
                CreatedAt = AccountReport.Instant(stream.Take().Value.Trim());
                return null;
            case "FrToDt":
                var period = stream.Take();
                (From, Until) = (AccountReport.Instant(period.Text("FrDtTm")),
                    AccountReport.Instant(period.Text("ToDtTm")));
                return null;
            case "Acct":
                var account = stream.Take();
                Account = account.Text("Id", "IBAN") ?? account.Text("Id", "Othr", "Id")
                    ?? account.Text("Id", "PrtryAcct", "Id") ?? account.Text("Id", "BBAN");
                return null;
            case "Bal":
                return Balance(stream.Take());
            case var name when name == form.Pages:
                var page = stream.Take();
                Page = (page.Text("PgNb"), page.Text("LastPgInd"));
                return null;
            default:
                stream.Skip();
                return null;
        }
    }

    private Refusal? Balance(XElement balance)
    {
        var code = balance.Text("Tp", "CdOrPrtry", "Cd") ?? balance.Text("Tp", "Cd");
        if (code is not ("OPBD" or "PRCD" or "CLBD" or "ITBD"))
        {
            return null;
        }

        if (!AccountEntry.Signed(balance, null, currency, where).Allows(out var minor, out var refusal))
        {
            return refusal;
        }

        switch (code)
        {
            case "OPBD":
                _opened ??= minor;
                break;
            case "PRCD":
                _carried ??= minor;
                break;
            case "CLBD":
                _closed ??= minor;
                break;
            default:
                (_interimFirst, _interimLast, _interims) = (_interimFirst ?? minor, minor, _interims + 1);
                break;
        }

        return null;
    }
}

/// <summary>
/// One statement over its pages. It is whole when pages 1, 2, 3 … came in order and the last page is marked as last.
/// Only then are its balances compared with its entries.
/// </summary>
internal sealed class StatementPages(string where)
{
    private long _booked;
    private long? _opening;
    private ReportPart? _last;
    private int _pages;
    private bool _ended;
    private bool _unbroken = true;

    internal bool IsClosed => IsWhole && _last!.HasClosedBooks;

    private bool IsWhole => _unbroken && _ended;

    /// <param name="number">From 1; null when there is only one.</param>
    /// <param name="last"><c>true</c> or <c>1</c>; null when there is only one.</param>
    internal Refusal? Add(ReportPart page, string? number, string? last)
    {
        var place =
            number is null ? 1 : int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var read)
                ? read : 0;
        if (_pages > 0 && place <= _pages)
        {
            return BankRefusals.PageRepeated(where);
        }

        _unbroken &= place == _pages + 1 && !_ended;
        (_pages, _ended, _last) = (Math.Max(place, _pages + 1), last is null or "true" or "1", page);
        _opening ??= page.Opening;
        _booked += page.Booked;
        return null;
    }

    internal Refusal? Check() =>
        !IsWhole ? null
        : _opening is null ? BankRefusals.FieldMissing(where, "opening balance (OPBD or PRCD)")
        : _last!.Closing is null ? BankRefusals.FieldMissing(where, "closing balance (CLBD or ITBD)")
        : _opening + _booked == _last.Closing ? null
        : BankRefusals.BalancesDoNotAddUp(where);
}
